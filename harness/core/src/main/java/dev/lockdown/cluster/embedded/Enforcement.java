package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import dev.lockdown.cluster.embedded.defect.Defect;
import dev.lockdown.cluster.embedded.defect.Defects;
import dev.lockdown.cluster.embedded.netpol.Firewall;
import dev.lockdown.disruption.Disruption;
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

/// Has the firewall enforce the policies of each state: at once, or later where a defect needs a clock, or where it was told to pause.
///
/// For use by several threads: a pause ends on its own.
final class Enforcement implements Part {
    private static final Duration LATENESS = Duration.ofSeconds(3);
    private static final Duration OPENING = Duration.ofMillis(300);

    private final Firewall firewall;
    private final Defects defects;
    private final InstantSource clock;
    private final Supplier<List<Pod>> started;
    private final ArrayDeque<Due> due = new ArrayDeque<>();
    private Snapshot latest = Snapshot.EMPTY;
    private int paused;
    private int forgotten;

    private record Due(Instant at, Snapshot snapshot) {}

    /// @param started the pods that the latest changes started
    Enforcement(Firewall firewall, Defects defects, InstantSource clock, Supplier<List<Pod>> started) {
        this.firewall = firewall;
        this.defects = defects;
        this.clock = clock;
        this.started = started;
    }

    @Override
    public synchronized void follow(Snapshot now) {
        latest = now;
        if (defects.has(Defect.LATE)) {
            due.add(new Due(clock.instant().plus(LATENESS), now));
        } else if (defects.has(Defect.OPEN_AT_POD_START) && !started.get().isEmpty()) {
            enforce(new Snapshot(withoutStarted(now.state()), now.addresses()));
            due.add(new Due(clock.instant().plus(OPENING), now));
        } else {
            due.clear();
            enforce(now);
        }
    }

    private void enforce(Snapshot now) {
        if (paused > 0) return;
        firewall.update(forgotten > 0 ? without(now.state()) : now.state(), now.addresses());
    }

    /// Leave all rules as they are for so long, whatever changes.
    synchronized Disruption.Ongoing pause(Duration lasting) {
        paused++;
        return Deadline.in(lasting, this::resume);
    }

    private synchronized void resume() {
        paused--;
        enforce(latest);
    }

    /// Enforce no policy for so long.
    synchronized Disruption.Ongoing forget(Duration lasting) {
        forgotten++;
        enforce(latest);
        return Deadline.in(lasting, this::remember);
    }

    private synchronized void remember() {
        forgotten--;
        enforce(latest);
    }

    /// Have a node lose its rules.
    synchronized void lose(String node) {
        firewall.lose(node);
    }

    /// Give back what nodes have lost.
    synchronized void restore() {
        enforce(latest);
    }

    private ClusterState withoutStarted(ClusterState state) {
        return state.after(started.get().stream().<Change>map(pod -> new Change.StopPod(pod.name())).toList());
    }

    /// Forget all policies for a while, and then remember them: a hole of known length.
    synchronized Hole hole(Snapshot now, Duration length) {
        var opening = clock.instant();
        firewall.update(without(now.state()), now.addresses());
        var opened = clock.instant();
        long since = System.nanoTime();
        for (long left = length.toNanos(); left > 0; left = length.toNanos() - (System.nanoTime() - since)) LockSupport.parkNanos(left);
        var shutting = clock.instant();
        firewall.update(now.state(), now.addresses());
        return new Hole(opening, opened, shutting, clock.instant());
    }

    private static ClusterState without(ClusterState state) {
        return state.after(state.policies().keySet().stream().<Change>map(Change.DeletePolicy::new).toList());
    }

    /// Catch up with what a late data plane has not enforced yet.
    synchronized void enforceWhatIsDue() {
        while (!due.isEmpty() && !due.peek().at.isAfter(clock.instant())) {
            var next = due.remove().snapshot;
            enforce(next);
        }
    }
}
