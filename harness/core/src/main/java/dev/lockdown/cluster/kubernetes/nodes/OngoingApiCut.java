package dev.lockdown.cluster.kubernetes.nodes;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Polling;
import dev.lockdown.disruption.Disruption;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Nodes that are cut off from the API, until their own deadlines.
final class OngoingApiCut implements Disruption.Ongoing {
    private static final Polling BEGINNING = new Polling(Duration.ofMillis(50));

    private final HostPods of;
    private final List<HostPod> pods;
    private final Duration lasting;
    private final Function<HostPod, String> clear;
    private long began = System.nanoTime();
    private boolean over;
    private Disruption.@Nullable Struck struck;

    /// @param pods may still be added to
    /// @param clear removes the rules of a pod that did not, and says why it could not
    OngoingApiCut(HostPods of, List<HostPod> pods, Duration lasting, Function<HostPod, String> clear) {
        this.of = of;
        this.pods = pods;
        this.lasting = lasting;
        this.clear = clear;
    }

    /// Wait until every pod runs and has cut its node off. Of one that cannot be seen to run nothing else is known.
    void awaitBeginning() {
        for (var pod : pods) {
            // One whose word did not get through in time is heard of when its node is back.
            var seen =
                pod.until(of.starting().plus(lasting), look -> HostPod.isRunning(look) || HostPod.isOver(look) || HostPod.isHopeless(look));
            if (!HostPod.isRunning(seen) && !HostPod.endedWell(seen))
                throw new ClusterException("node %s is not cut off from the API: %s".formatted(pod.node(), pod.problem(seen)), null);
        }
        began = System.nanoTime();
        BEGINNING.until(ApiCuts.DELAY, System::nanoTime, now -> now - began >= ApiCuts.DELAY.toNanos());
    }

    /// End what was begun, before its time.
    void takeBack(RuntimeException failure) {
        over = true;
        for (var pod : pods)
            try {
                pod.delete();
                var seen = pod.until(ApiCuts.GRACE, look -> look instanceof HostPod.Look.Gone);
                var left = clear.apply(pod);
                if (!(seen instanceof HostPod.Look.Gone) || !left.isEmpty())
                    failure.addSuppressed(new ClusterException("node %s may be cut off still: %s".formatted(pod.node(), left), null));
            } catch (KubernetesClientException e) {
                failure.addSuppressed(e);
            }
    }

    /// Wait until every node has let go by itself, which it does without the harness.
    @Override
    public void close() {
        if (over) return;
        over = true;
        var problems = new ArrayList<String>();
        var times = new ArrayList<Disruption.Struck>();
        for (var pod : pods) {
            var seen = pod.until(left(), HostPod::isOver);
            if (HostPod.endedWell(seen)) struck(pod.lines()).ifPresent(times::add);
            else problems.add(problem(pod, seen));
            if (HostPod.isOver(seen)) pod.delete();
        }
        struck = together(times);
        if (!problems.isEmpty()) throw new ClusterException(String.join("; ", problems), null);
        awaitReady();
    }

    private Duration left() {
        var left = ApiCuts.DELAY.plus(lasting).plus(ApiCuts.GRACE).minusNanos(System.nanoTime() - began);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private String problem(HostPod pod, HostPod.Look seen) {
        if (!HostPod.isOver(seen))
            return "it is not seen to have ended on node %s: %s".formatted(pod.node(), pod.problem(seen));
        var told = "it did not end as it should on node %s: %s".formatted(pod.node(), pod.problem(seen));
        var left = clear.apply(pod);
        return told + (left.isEmpty() ? "; its rules are gone" : "; its rules may be there still: " + left);
    }

    private static Optional<Disruption.Struck> struck(List<HostLine> lines) {
        var from = lines.stream().filter(l -> l.text().equals("cut")).map(HostLine::at).min(Comparator.naturalOrder());
        var until = lines.stream().filter(l -> l.text().equals("healed")).map(HostLine::at).max(Comparator.naturalOrder());
        return from.isPresent() && until.isPresent() && from.get().isBefore(until.get())
            ? Optional.of(new Disruption.Struck(from.get(), until.get())) : Optional.empty();
    }

    /// All nodes were cut off at the same time: whose time has nothing in common with the first one's has another clock, and is left out.
    private static Disruption.@Nullable Struck together(List<Disruption.Struck> times) {
        if (times.isEmpty()) return null;
        var first = times.getFirst();
        var agreeing = times.stream().filter(t -> t.from().isBefore(first.until()) && first.from().isBefore(t.until())).toList();
        return new Disruption.Struck(agreeing.stream().map(Disruption.Struck::from).min(Comparator.naturalOrder()).orElseThrow(),
            agreeing.stream().map(Disruption.Struck::until).max(Comparator.naturalOrder()).orElseThrow());
    }

    /// A node that was away for long must say first that it is there again.
    private void awaitReady() {
        new Polling(of.pause()).require(ApiCuts.GRACE, this::unready, List::isEmpty, last -> new ClusterException(
            "node %s is not Ready %s s after it could reach the API again".formatted(last.value().getFirst(),
                Long.toString(ApiCuts.GRACE.toSeconds())),
            null));
    }

    private List<String> unready() {
        try {
            var ready = of.client().nodes().list().getItems().stream().filter(ApiCuts::isReady).map(n -> n.getMetadata().getName())
                .toList();
            return pods.stream().map(HostPod::node).filter(n -> !ready.contains(n)).toList();
        } catch (KubernetesClientException e) {
            return pods.stream().map(HostPod::node).toList();
        }
    }

    @Override
    public Disruption.@Nullable Struck struck() {
        return struck;
    }
}
