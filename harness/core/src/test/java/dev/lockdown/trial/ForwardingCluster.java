package dev.lockdown.trial;

import dev.lockdown.cluster.Applied;
import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Probe;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import java.util.List;

/// A real cluster of which a test changes one thing. Rounds do not overlap, so that they can be counted.
abstract class ForwardingCluster implements Cluster {
    final Cluster real;

    ForwardingCluster(Cluster real) {
        this.real = real;
    }

    @Override
    public Capabilities capabilities() {
        return real.capabilities();
    }

    @Override
    public boolean mayOverlap() {
        return false;
    }

    @Override
    public ClusterState state() {
        return real.state();
    }

    @Override
    public Addresses addresses() {
        return real.addresses();
    }

    @Override
    public Applied apply(List<Change> changes) {
        return real.apply(changes);
    }

    @Override
    public List<Observation> observe(List<Probe> probes, Dialling how) {
        return real.observe(probes, how);
    }

    @Override
    public int readToken(Endpoint.Pod pod) {
        return real.readToken(pod);
    }

    @Override
    public void close() {
        real.close();
    }
}
