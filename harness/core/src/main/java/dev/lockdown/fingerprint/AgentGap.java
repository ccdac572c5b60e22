package dev.lockdown.fingerprint;

import static dev.lockdown.fingerprint.Stage.CLIENT;
import static dev.lockdown.fingerprint.Stage.SECOND;
import static dev.lockdown.fingerprint.Stage.SERVER;
import static dev.lockdown.fingerprint.Stage.TCP;

import dev.lockdown.chaos.Window;
import dev.lockdown.chaos.Windows;
import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.disruption.ClusterDisruption;
import dev.lockdown.disruption.Schedule;
import dev.lockdown.report.WatchRun;
import dev.lockdown.verdict.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// What becomes of flows while the network plugin's agent on their server's node is killed and comes back.
final class AgentGap {
    private static final String ONLY_SECOND =
        "{podSelector: {matchLabels: {app: server}}, policyTypes: [Ingress], ingress: [{ports: [{protocol: TCP, port: 8081}]}]}";

    private final Supplier<Stage> stages;

    AgentGap(Supplier<Stage> stages) {
        this.stages = stages;
    }

    List<Trait> measure() {
        var denied = "a denied flow, while the network plugin's agent on its server's node is killed and comes back";
        var allowed = "an allowed flow, while the network plugin's agent on its server's node is killed and comes back";
        try (var stage = stages.get()) {
            var killed = new ClusterDisruption.CniAgentKilled(stage.node(SERVER));
            stage.cluster().requirePossible(killed);
            stage.policy("second", ONLY_SECOND);
            var flow = stage.flow(CLIENT, SERVER, TCP);
            var other = stage.flow(CLIENT, SERVER, SECOND);
            stage.trial().watch(List.of(flow, other), null, 1);
            stage.trial().disrupt(Schedule.once(killed), new SplittableRandom(1), 1);
            var watch = stage.soFar().watches().getFirst();
            return List.of(trait("agent-gap-denied", denied, "open", watch, 0, false),
                trait("agent-gap-allowed", allowed, "shut", watch, 1, true));
        } catch (UnsupportedException | ClusterException e) {
            var why = String.valueOf(e.getMessage());
            return List.of(Trait.unmeasured("agent-gap-denied", denied, why), Trait.unmeasured("agent-gap-allowed", allowed, why));
        }
    }

    /// @param shut whether the flow was to be open
    private static Trait trait(String id, String question, String otherwise, WatchRun watch, int flow, boolean shut) {
        var runs = watch.runs().get(flow);
        int samples = runs.stream().filter(r -> r.seen().isKnown()).mapToInt(r -> r.count()).sum();
        if (samples == 0) return Trait.unmeasured(id, question, "no sample could be taken");
        var parts = new ArrayList<String>();
        for (var window : Windows.stretches(runs, shut)) parts.add(length(window));
        return new Trait(id, question, (parts.isEmpty() ? "never " : "for a while ") + otherwise,
            parts.isEmpty() ? "never " + otherwise : "%s for %s".formatted(otherwise, String.join(", then ", parts)),
            "sampled all the while, until enforcement was seen to work again", samples);
    }

    private static String length(Window window) {
        return Figures.duration(window.length())
            + (window.error().compareTo(Duration.ZERO) > 0 ? " ± " + Figures.duration(window.error()) : "");
    }
}
