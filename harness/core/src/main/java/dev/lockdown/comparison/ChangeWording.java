package dev.lockdown.comparison;

import dev.lockdown.history.FlowVerdict;
import dev.lockdown.history.RunHead.Ended;
import dev.lockdown.verdict.Figures;
import java.time.Duration;
import java.util.Locale;

/// Says what is otherwise, for people. Nobody reads it back.
public final class ChangeWording {
    private ChangeWording() {}

    /// What the change is of: a flow, a scenario, a time.
    public static String subject(Change change) {
        return switch (change) {
            case Change.OfScenario c -> c.scenario().name();
            case Change.OfFlow c -> c.flow().toString();
            case Change.OfManner c -> "%s over %s".formatted(Figures.count(c.flows(), "blocked flow"), c.how());
            case Change.OfFate c -> "the connection " + c.flow();
            case Change.OfTrait c -> c.id();
            case Change.OfTime c -> c.what();
        };
    }

    public static String was(Change change) {
        return switch (change) {
            case Change.OfScenario c -> word(c.before());
            case Change.OfFlow c -> c.before().seen().words();
            case Change.OfManner c -> c.rejected() ? "dropped" : "rejected";
            case Change.OfFate c -> c.before();
            case Change.OfTrait c -> c.before() == null ? "not measured" : c.before();
            case Change.OfTime c -> times(c.before());
        };
    }

    public static String is(Change change) {
        return switch (change) {
            case Change.OfScenario c -> word(c.after());
            case Change.OfFlow c -> c.after().seen().words() + against(c.after());
            case Change.OfManner c -> c.rejected() ? "rejected" : "dropped";
            case Change.OfFate c -> c.after();
            case Change.OfTrait c -> c.after() == null ? "not measured" : c.after();
            case Change.OfTime c -> "%s (p %s)".formatted(times(c.after()), p(c.p()));
        };
    }

    /// Where it stands in a feature; empty where it is about the whole run.
    public static String place(Change change) {
        return switch (change) {
            case Change.OfScenario c -> c.place();
            case Change.OfFlow c -> c.place();
            case Change.OfManner c -> c.place();
            case Change.OfFate c -> c.place();
            case Change.OfTrait _ -> "";
            case Change.OfTime c -> c.place();
        };
    }

    /// What changes of a kind are together: `3 flows have another verdict`.
    public static String heading(Class<? extends Change> kind, int count) {
        boolean one = count == 1;
        if (kind == Change.OfScenario.class) return Figures.count(count, "scenario") + (one ? " ends" : " end") + " otherwise";
        if (kind == Change.OfFlow.class) return Figures.count(count, "flow") + (one ? " has" : " have") + " another verdict";
        if (kind == Change.OfManner.class) return "blocked otherwise in " + Figures.count(count, "step");
        if (kind == Change.OfFate.class) return Figures.count(count, "connection") + (one ? " meets" : " meet") + " another fate";
        if (kind == Change.OfTrait.class)
            return Figures.count(count, "answer") + " of the fingerprint " + (one ? "is" : "are") + " otherwise";
        return Figures.count(count, "time") + (one ? " is" : " are") + " longer or shorter, beyond the noise";
    }

    public static String word(Ended ended) {
        return ended.name().toLowerCase(Locale.ROOT);
    }

    private static String against(FlowVerdict verdict) {
        return verdict.agrees() ? "" : ", against the step";
    }

    private static String times(Change.Times times) {
        return "median %s of %s".formatted(Figures.duration(Duration.ofNanos(times.medianMicros() * 1000)),
            Integer.toString(times.count()));
    }

    private static String p(double p) {
        return p < 1e-6 ? "< 0.000001" : String.format(Locale.ROOT, "%.6f", p);
    }
}
