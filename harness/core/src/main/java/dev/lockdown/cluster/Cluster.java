package dev.lockdown.cluster;

import dev.lockdown.disruption.ClusterDisruption;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.disruption.Unattended;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Probe;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.NetworkPlugin;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A cluster that a scenario can change and probe. Used by one thread at a time.
///
/// ```java
/// try (var cluster = backend.start(needs)) {
///     cluster.apply(List.of(new Change.ApplyPolicy(denyAll)));
///     var seen = cluster.observe(List.of(Probe.Reach.of(flow)), Dialling.DEFAULT);
/// }
/// ```
public interface Cluster extends AutoCloseable {

    Capabilities capabilities();

    /// The network plugins that run now, as far as they can be told.
    default List<NetworkPlugin> networkPlugins() {
        return List.of();
    }

    /// Everything that is in the cluster now, the system's own pods and services (`kube-system/kube-dns-…`,
    /// `default/kubernetes`) and the harness's canaries included.
    ClusterState state();

    Addresses addresses();

    /// Make the changes, in order, and return when the cluster has answered. Never waits for enforcement.
    ///
    /// @throws IllegalArgumentException if a change does not fit the state; then nothing of it was made
    /// @throws ClusterException if the cluster refused or did not answer
    Applied apply(List<Change> changes);

    /// Whether it may be observed while other observations are under way, which may then even outlast the next change.
    boolean mayOverlap();

    /// Ask every question once and give the answers in the same order. A probe that cannot be made is a `ProbeFailed`, never an
    /// exception.
    List<Observation> observe(List<Probe> probes, Dialling how);

    /// The same, saying meanwhile how many of the probes have been asked, where that is known.
    ///
    /// @param asked called now and then, on any thread
    default List<Observation> observe(List<Probe> probes, Dialling how, IntConsumer asked) {
        return observe(probes, how);
    }

    /// Hear what a scenario will ask, before its first change.
    default void expect(Requirements requirements) {}

    /// Hear what the scenarios ask that come next, once the pods of this one run: what takes time may be prepared.
    default void foresee(List<Requirements> next) {}

    /// Look whether it is known here where the far ends of probes are, before anything is claimed of them.
    ///
    /// @throws UnsupportedException if one has no address here, saying which
    default void requireAddressed(Collection<Probe> probes) {}

    /// Whether the canary has been blocked and opened again on this very cluster, since it was last disturbed.
    default boolean isTrusted() {
        return false;
    }

    /// Note that the canary was blocked and opened again.
    default void trust() {}

    /// Look whether a disruption is possible here, before anything is begun.
    ///
    /// @throws UnsupportedException if this cluster cannot be disturbed so, saying why
    default void requirePossible(Disruption disruption) {
        if (disruption instanceof ClusterDisruption)
            throw new UnsupportedException("this cluster has no way to do that: " + disruption.words());
    }

    /// Have the cluster keep how a disruption is healed, before its first deed.
    ///
    /// @param healing the changes that take it back; none where the cluster itself disturbs and heals
    default DisruptionGuard guard(Disruption disruption, List<Change> healing) {
        return DisruptionGuard.keepingNothing(Unattended.STAYS);
    }

    /// Disturb the cluster. The canary must be blocked and opened again before anything is believed of it.
    ///
    /// The disruption ends when its time is over, at the latest, whether or not somebody closes it.
    ///
    /// @throws UnsupportedException if this cluster cannot be disturbed so, saying why
    default Disruption.Ongoing begin(ClusterDisruption disruption) {
        throw new UnsupportedException("this cluster has no way to do that: " + disruption.words());
    }

    /// How often flows are sampled where nobody says it.
    default Duration usualInterval() {
        return Duration.ofMillis(5);
    }

    /// Watch flows from now on, on a thread of its own.
    ///
    /// @throws UnsupportedException if this cluster cannot watch them so, saying why
    default Watch.Ongoing watch(Watch watch, Watch.Sink sink) {
        throw new UnsupportedException("flows cannot be watched on this cluster yet");
    }

    /// What there is to be looked at when a scenario failed. Throws nothing.
    ///
    /// @param since how far back logs are wanted
    default List<EvidenceFile> evidence(Duration since) {
        return List.of();
    }

    /// Read what the nodes of differing flows have programmed for their pods, now, in a bounded time. Throws nothing. May be called on a thread of
    /// its own while others observe, and so may [#networkPlugins].
    ///
    /// @param since how long ago the policies changed last
    /// @return none where a cluster has no such nodes
    default List<NodeDump> dumps(List<DifferingFlow> flows, Duration since) {
        return List.of();
    }

    /// How long [#dumps] takes at most.
    default Duration longestDump() {
        return Duration.ofSeconds(5);
    }

    /// What becomes of a connection that stands when a policy starts to deny it, or null where nobody knows.
    default @Nullable Established established() {
        return null;
    }

    /// Open a connection and keep it open, with beats both ways, on a thread of the cluster's.
    ///
    /// @return when it stands, or could not be opened in time
    /// @throws UnsupportedException if this cluster cannot hold it, saying why
    default Hold.Ongoing hold(Hold hold, Hold.Sink sink) {
        throw new UnsupportedException("connections cannot be held open on this cluster yet");
    }

    /// Whether a mounted service account token is there to be read in the pod, without any packet.
    ///
    /// @return the token's length in characters, or 0 where there is none
    int readToken(Endpoint.Pod pod);

    /// Give everything back. Repeatable.
    @Override
    void close();
}
