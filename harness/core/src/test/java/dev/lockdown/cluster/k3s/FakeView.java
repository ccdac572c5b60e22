package dev.lockdown.cluster.k3s;

import dev.lockdown.cluster.k3s.Cni.Workload;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A cluster in which everything is well but what it is told not to be.
final class FakeView implements ClusterView {
    private final Map<String, String> lacking = new TreeMap<>();
    boolean closed;

    FakeView lacking(String what, String because) {
        lacking.put(what, because);
        return this;
    }

    private Look look(String what) {
        var because = lacking.get(what);
        return because == null ? new Look(true, what) : new Look(false, because);
    }

    @Override
    public Look api() {
        return look("api");
    }

    @Override
    public Look joined(List<String> nodes) {
        return look("joined");
    }

    @Override
    public Look ready(List<String> nodes) {
        return look("ready");
    }

    @Override
    public Look rolledOut(Workload workload, List<String> nodes) {
        return look(workload.toString());
    }

    @Override
    public Look dns() {
        return look("dns");
    }

    @Override
    public void close() {
        closed = true;
    }
}
