package dev.lockdown.spec;

import dev.lockdown.cluster.Applied;
import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.DifferingFlow;
import dev.lockdown.cluster.DisruptionGuard;
import dev.lockdown.cluster.Established;
import dev.lockdown.cluster.EvidenceFile;
import dev.lockdown.cluster.Hold;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.NodeDump;
import dev.lockdown.cluster.Requirements;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.Watch;
import dev.lockdown.disruption.ClusterDisruption;
import dev.lockdown.disruption.Disruption;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/// A scenario's cluster, on which what is not supported skips the scenario: Cucumber, and JUnit around it, know a skip by the exception
/// of opentest4j alone.
final class SkippingCluster implements Cluster {
    private final Cluster cluster;

    private SkippingCluster(Cluster cluster) {
        this.cluster = cluster;
    }

    static Cluster start(Backend backend, Needs needs) {
        return skipping(() -> new SkippingCluster(backend.start(needs)));
    }

    private static <T> T skipping(Supplier<T> call) {
        try {
            return call.get();
        } catch (UnsupportedException e) {
            throw new TestAbortedException(e.getMessage(), e);
        }
    }

    @Override
    public Capabilities capabilities() {
        return cluster.capabilities();
    }

    @Override
    public List<NetworkPlugin> networkPlugins() {
        return cluster.networkPlugins();
    }

    @Override
    public ClusterState state() {
        return cluster.state();
    }

    @Override
    public Addresses addresses() {
        return cluster.addresses();
    }

    @Override
    public Applied apply(List<Change> changes) {
        return skipping(() -> cluster.apply(changes));
    }

    @Override
    public boolean mayOverlap() {
        return cluster.mayOverlap();
    }

    @Override
    public List<Observation> observe(List<Probe> probes, Dialling how) {
        return skipping(() -> cluster.observe(probes, how));
    }

    @Override
    public List<Observation> observe(List<Probe> probes, Dialling how, IntConsumer asked) {
        return skipping(() -> cluster.observe(probes, how, asked));
    }

    @Override
    public void expect(Requirements requirements) {
        cluster.expect(requirements);
    }

    @Override
    public void foresee(List<Requirements> next) {
        cluster.foresee(next);
    }

    @Override
    public void requireAddressed(Collection<Probe> probes) {
        skipping(() -> {
            cluster.requireAddressed(probes);
            return probes;
        });
    }

    @Override
    public boolean isTrusted() {
        return cluster.isTrusted();
    }

    @Override
    public void trust() {
        cluster.trust();
    }

    @Override
    public void requirePossible(Disruption disruption) {
        skipping(() -> {
            cluster.requirePossible(disruption);
            return disruption;
        });
    }

    @Override
    public DisruptionGuard guard(Disruption disruption, List<Change> healing) {
        return skipping(() -> cluster.guard(disruption, healing));
    }

    @Override
    public Disruption.Ongoing begin(ClusterDisruption disruption) {
        return skipping(() -> cluster.begin(disruption));
    }

    @Override
    public Duration usualInterval() {
        return cluster.usualInterval();
    }

    @Override
    public Watch.Ongoing watch(Watch watch, Watch.Sink sink) {
        return skipping(() -> cluster.watch(watch, sink));
    }

    @Override
    public List<EvidenceFile> evidence(Duration since) {
        return cluster.evidence(since);
    }

    @Override
    public List<NodeDump> dumps(List<DifferingFlow> flows, Duration since) {
        return cluster.dumps(flows, since);
    }

    @Override
    public Duration longestDump() {
        return cluster.longestDump();
    }

    @Override
    public @Nullable Established established() {
        return cluster.established();
    }

    @Override
    public Hold.Ongoing hold(Hold hold, Hold.Sink sink) {
        return skipping(() -> cluster.hold(hold, sink));
    }

    @Override
    public int readToken(Endpoint.Pod pod) {
        return skipping(() -> cluster.readToken(pod));
    }

    @Override
    public void close() {
        cluster.close();
    }
}
