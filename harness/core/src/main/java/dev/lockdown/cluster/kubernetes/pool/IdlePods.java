package dev.lockdown.cluster.kubernetes.pool;

import dev.lockdown.cluster.kubernetes.agent.AgentPod;
import dev.lockdown.state.Pod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Running pods that play no pod of the present scenario. Thread-safe.
public final class IdlePods {
    private final List<AgentPod> pods = new ArrayList<>();

    public synchronized void add(AgentPod pod) {
        pods.add(pod);
    }

    /// Take one that can play a pod, best the one that is called as it is.
    ///
    /// @param everyPort see [PodShape]
    public synchronized Optional<AgentPod> take(Pod wanted, boolean everyPort) {
        var fitting = pods.stream().filter(p -> PodShape.fits(p, wanted, everyPort)).toList();
        var taken = fitting.stream().filter(p -> p.made().object().name().equals(wanted.name().name())).findFirst()
            .or(() -> fitting.stream().findFirst());
        taken.ifPresent(pods::remove);
        return taken;
    }

    /// Take all of which something is true.
    public synchronized List<AgentPod> takeAll(Predicate<AgentPod> which) {
        var taken = pods.stream().filter(which).toList();
        pods.removeAll(taken);
        return taken;
    }

    public synchronized List<AgentPod> all() {
        return List.copyOf(pods);
    }

    public synchronized int size() {
        return pods.size();
    }

    /// Take those of namespaces that are about to go.
    ///
    /// @param namespaces as features name them
    public List<AgentPod> takeAll(Collection<String> namespaces) {
        return takeAll((AgentPod p) -> namespaces.contains(p.made().pod().name().namespace()));
    }
}
