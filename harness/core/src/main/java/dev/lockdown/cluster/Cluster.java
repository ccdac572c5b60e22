package dev.lockdown.cluster;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Probe;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;

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

    /// Everything that is in the cluster now, the system's own pods and services (`kube-system/kube-dns-…`,
    /// `default/kubernetes`) and the harness's canaries included.
    ClusterState state();

    Addresses addresses();

    /// Make the changes, in order, and return when the cluster has answered. Never waits for enforcement.
    ///
    /// @throws IllegalArgumentException if a change does not fit the state; then nothing of it was made
    /// @throws ClusterException if the cluster refused or did not answer
    Applied apply(List<Change> changes);

    /// Ask every question once and give the answers in the same order. A probe that cannot be made is a `ProbeFailed`, never an
    /// exception.
    List<Observation> observe(List<Probe> probes, Dialling how);

    /// The same, saying meanwhile how many of the probes have been asked, where that is known.
    ///
    /// @param asked called now and then, on any thread
    default List<Observation> observe(List<Probe> probes, Dialling how, IntConsumer asked) {
        return observe(probes, how);
    }

    /// Whether the canary has been blocked and opened again on this very cluster, since it was last disturbed.
    default boolean isTrusted() {
        return false;
    }

    /// Note that the canary was blocked and opened again.
    default void trust() {}

    /// Disturb the cluster. The canary must be blocked and opened again before anything is believed of it.
    ///
    /// @throws UnsupportedException if this cluster cannot be disturbed so, saying why
    default Disruption.Ongoing begin(Disruption disruption) {
        throw new UnsupportedException("this cluster has no way to do that: " + disruption);
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

    /// Whether a mounted service account token is there to be read in the pod, without any packet.
    ///
    /// @return the token's length in characters, or 0 where there is none
    int readToken(Endpoint.Pod pod);

    /// Give everything back. Repeatable.
    @Override
    void close();
}
