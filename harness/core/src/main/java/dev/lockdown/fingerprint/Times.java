package dev.lockdown.fingerprint;

import static dev.lockdown.fingerprint.Stage.CLIENT;
import static dev.lockdown.fingerprint.Stage.NAMESPACE;
import static dev.lockdown.fingerprint.Stage.SERVER;
import static dev.lockdown.fingerprint.Stage.TCP;

import dev.lockdown.chaos.Distribution;
import dev.lockdown.chaos.TimeClaim;
import dev.lockdown.chaos.TimeWording;
import dev.lockdown.chaos.Window;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Seen;
import dev.lockdown.report.WatchRun;
import dev.lockdown.state.Change;
import dev.lockdown.trial.TimeError;
import dev.lockdown.verdict.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// How long it takes until a policy bites, and until its end is felt, and what is open while a pod starts.
final class Times {
    private static final int ROUNDS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Endpoint.Pod LATE = Endpoint.Pod.of(NAMESPACE, "late");
    private static final String DENY = "{podSelector: {matchLabels: {app: %s}}, policyTypes: [Ingress]}";

    private static final String DENY_OUT = "{podSelector: {matchLabels: {app: %s}}, policyTypes: [Egress]}";
    private static final String IN = "to a pod that starts under a policy that denies its ingress";
    private static final String OUT = "from a pod that starts under a policy that denies its egress";
    /// In microseconds.
    private static final long NOTEWORTHY = 50_000;

    private final Supplier<Stage> stages;

    Times(Supplier<Stage> stages) {
        this.stages = stages;
    }

    List<Trait> measure() {
        var traits = new ArrayList<Trait>();
        try (var stage = stages.get()) {
            turns(stage, traits);
        } catch (UnsupportedException e) {
            traits.add(Trait.unmeasured("policy-to-blocked", "from a policy's being sent until it bites", String.valueOf(e.getMessage())));
            traits.add(
                Trait.unmeasured("policy-to-open", "from a policy's being deleted until its flow is open", String.valueOf(e.getMessage())));
        }
        try (var stage = stages.get()) {
            traits.addAll(podStart(stage));
        } catch (UnsupportedException e) {
            traits.add(Trait.unmeasured("pod-start", IN, String.valueOf(e.getMessage())));
            traits.add(Trait.unmeasured("pod-start-egress", OUT, String.valueOf(e.getMessage())));
        }
        return traits;
    }

    private static void turns(Stage stage, List<Trait> traits) {
        var flow = stage.flow(CLIENT, SERVER, TCP);
        stage.trial().watch(List.of(flow), null, 1);
        for (int i = 0; i < ROUNDS; i++) {
            stage.policy("deny", DENY.formatted("server"));
            await(() -> stage.trial().measure(flow, new TimeClaim.CutOff(PATIENCE), 1));
            stage.withoutPolicies();
            await(() -> stage.trial().measure(flow, new TimeClaim.Back(PATIENCE), 1));
        }
        var run = stage.soFar();
        var windows = run.watches().getFirst().windows(0, run.applied());
        Function<Window.Kind, List<Window>> of = kind -> windows.stream().filter(w -> w.kind() == kind).toList();
        traits.add(turn("policy-to-blocked", "from a policy's being sent until it bites", of.apply(Window.Kind.CUT_OFF)));
        traits.add(turn("policy-to-open", "from a policy's being deleted until its flow is open", of.apply(Window.Kind.BACK)));
    }

    private static Trait turn(String id, String question, List<Window> windows) {
        if (windows.isEmpty()) return Trait.unmeasured(id, question, "it never turned");
        return new Trait(id, question, "turns", TimeWording.of(Distribution.of(windows)), "the flow is sampled all the while",
            windows.size());
    }

    /// A turn that did not come is told by the windows.
    private static void await(Runnable measuring) {
        try {
            measuring.run();
        } catch (TimeError _) {
            // Its window is an answer as well.
        }
    }

    private static List<Trait> podStart(Stage stage) {
        stage.policy("deny-in", DENY.formatted("late"));
        stage.policy("deny-out", DENY_OUT.formatted("late"));
        stage.trial().watch(List.of(stage.flow(CLIENT, LATE, TCP), stage.flow(LATE, SERVER, TCP)), null, 1);
        stage.apply(new Change.StartPod(Stage.pod("late", stage.node(SERVER))));
        for (var flow : List.of(stage.flow(CLIENT, LATE, TCP), stage.flow(LATE, SERVER, TCP)))
            await(() -> stage.trial().measure(flow, new TimeClaim.NeverOpen(Duration.ZERO), 1));
        var watch = stage.soFar().watches().getFirst();
        return List.of(opened("pod-start", IN, watch, 0), opened("pod-start-egress", OUT, watch, 1));
    }

    private static Trait opened(String id, String question, WatchRun watch, int flow) {
        int samples = watch.runs().get(flow).stream().filter(r -> r.seen().isKnown()).mapToInt(r -> r.count()).sum();
        if (samples == 0) return Trait.unmeasured(id, question, "no sample could be taken");
        var open = watch.windows(flow, List.of()).stream().filter(w -> w.kind() == Window.Kind.LEAK).map(Window::length)
            .max(Duration::compareTo);
        return new Trait(id, question, open.isPresent() ? "open for a while" : "never open",
            open.map(o -> "open for " + Figures.duration(o)).orElse("never open"),
            "sampled from before its start" + unknown(watch, flow), samples);
    }

    /// For how long nothing was known while the pod was there.
    private static String unknown(WatchRun watch, int flow) {
        var runs = watch.runs().get(flow);
        long longest = 0;
        for (int i = 1; i < runs.size(); i++)
            if (runs.get(i - 1).seen() == Seen.UNKNOWN)
                longest = Math.max(longest, runs.get(i).firstMicros() - runs.get(i - 1).firstMicros());
        return longest < NOTEWORTHY ? "" : ", of which nothing is known for " + Figures.duration(Duration.ofNanos(longest * 1000));
    }
}
