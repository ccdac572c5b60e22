package dev.lockdown.fingerprint;

import static dev.lockdown.fingerprint.Stage.CLIENT;
import static dev.lockdown.fingerprint.Stage.SERVER;

import dev.lockdown.chaos.Fate;
import dev.lockdown.chaos.FateClaim;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Way;
import dev.lockdown.state.Change;
import dev.lockdown.trial.FateError;
import dev.lockdown.verdict.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What becomes of a connection that stands when something starts to deny it. Each cause needs pods and connections of its own.
final class Fates {
    private static final String DENY = "{podSelector: {matchLabels: {app: server}}, policyTypes: [Ingress]}";
    private static final String DENY_OTHER = "{podSelector: {matchLabels: {app: denied}}, policyTypes: [Ingress]}";

    private final Supplier<Stage> stages;
    private final List<Trait> traits = new ArrayList<>();

    Fates(Supplier<Stage> stages) {
        this.stages = stages;
    }

    List<Trait> measure() {
        of("policy", "a policy denies it", _ -> {}, stage -> stage.policy("deny", DENY));
        of("label", "its server gets a label that a policy denies", stage -> stage.policy("deny", DENY_OTHER),
            stage -> stage.apply(new Change.RelabelPod(SERVER.name(), Map.of("app", "denied"))));
        of("server-deleted", "its server's pod is deleted", _ -> {}, stage -> stage.apply(new Change.StopPod(SERVER.name())));
        return traits;
    }

    private void of(String cause, String words, Consumer<Stage> before, Consumer<Stage> deed) {
        for (var port : List.of(Stage.TCP, Stage.UDP)) {
            var id = "fate-%s-%s".formatted(cause, port.protocol().name().toLowerCase(Locale.ROOT));
            var question = "an established connection over %s, when %s".formatted(port.protocol(), words);
            try (var stage = stages.get()) {
                before.accept(stage);
                traits.add(of(id, question, port, stage, deed));
            } catch (UnsupportedException e) {
                traits.add(Trait.unmeasured(id, question, String.valueOf(e.getMessage())));
            }
        }
    }

    private static Trait of(String id, String question, Port port, Stage stage, Consumer<Stage> deed) {
        var flow = stage.flow(CLIENT, SERVER, port);
        stage.trial().connections().hold(flow, null, 1);
        deed.accept(stage);
        await(stage, flow);
        var held = stage.soFar().held().getFirst();
        var met = held.fates(stage.soFar().applied());
        if (met.isEmpty()) return Trait.unmeasured(id, question, "its beats do not tell");
        int beats = held.beats().stream().mapToInt(b -> b.count()).sum();
        var fate = met.getLast().fate();
        return new Trait(id, question, behaviour(fate), word(fate), "one held connection, numbered beats both ways", beats);
    }

    /// Until its beats have decided; which way is all the same.
    private static void await(Stage stage, Flow flow) {
        try {
            stage.trial().connections().fate(flow, FateClaim.SURVIVES, 1);
        } catch (FateError _) {
            // That it is otherwise is an answer as well.
        }
    }

    private static String behaviour(Fate fate) {
        return switch (fate) {
            case Fate.Survives _ -> "survives";
            case Fate.Reset _ -> "reset";
            case Fate.Silent _ -> "silent";
            case Fate.OneWay(var going, _) -> going == Way.BACK ? "replies only" : "requests only";
        };
    }

    private static String word(Fate fate) {
        return switch (fate) {
            case Fate.Survives _ -> "survives";
            case Fate.Reset(long after) -> "reset after " + millis(after);
            case Fate.Silent(long after) -> "silent after " + millis(after);
            case Fate.OneWay(var going, long after) -> (going == Way.BACK ? "replies only after " : "requests only after ") + millis(after);
        };
    }

    private static String millis(long micros) {
        return Figures.duration(Duration.ofNanos(micros * 1000));
    }
}
