package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import dev.lockdown.cluster.embedded.defect.Defect;
import dev.lockdown.cluster.embedded.defect.Defects;
import dev.lockdown.cluster.embedded.netpol.Firewall;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Pod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Has the firewall enforce the policies of each state: at once, or later where a defect needs a clock.
final class Enforcement implements Part {
    private static final Duration LATENESS = Duration.ofSeconds(3);
    private static final Duration OPENING = Duration.ofMillis(300);

    private final Firewall firewall;
    private final Defects defects;
    private final InstantSource clock;
    private final Supplier<List<Pod>> started;
    private final ArrayDeque<Due> due = new ArrayDeque<>();

    private record Due(Instant at, Snapshot snapshot) {}

    /// @param started the pods that the latest changes started
    Enforcement(Firewall firewall, Defects defects, InstantSource clock, Supplier<List<Pod>> started) {
        this.firewall = firewall;
        this.defects = defects;
        this.clock = clock;
        this.started = started;
    }

    @Override
    public void follow(Snapshot now) {
        if (defects.has(Defect.LATE)) {
            due.add(new Due(clock.instant().plus(LATENESS), now));
        } else if (defects.has(Defect.OPEN_AT_POD_START) && !started.get().isEmpty()) {
            firewall.update(withoutStarted(now.state()), now.addresses());
            due.add(new Due(clock.instant().plus(OPENING), now));
        } else {
            due.clear();
            firewall.update(now.state(), now.addresses());
        }
    }

    private ClusterState withoutStarted(ClusterState state) {
        return state.after(started.get().stream().<Change>map(pod -> new Change.StopPod(pod.name())).toList());
    }

    /// Forget all policies for a while, and then remember them: a hole of known length.
    ///
    Hole hole(Snapshot now, Duration length) {
        firewall.update(without(now.state()), now.addresses());
        var opened = clock.instant();
        long since = System.nanoTime();
        for (long left = length.toNanos(); left > 0; left = length.toNanos() - (System.nanoTime() - since)) LockSupport.parkNanos(left);
        var shutting = clock.instant();
        firewall.update(now.state(), now.addresses());
        return new Hole(opened, shutting);
    }

    private static ClusterState without(ClusterState state) {
        return state.after(state.policies().keySet().stream().<Change>map(Change.DeletePolicy::new).toList());
    }

    /// Catch up with what a late data plane has not enforced yet.
    void enforceWhatIsDue() {
        while (!due.isEmpty() && !due.peek().at.isAfter(clock.instant())) {
            var next = due.remove().snapshot;
            firewall.update(next.state(), next.addresses());
        }
    }
}
