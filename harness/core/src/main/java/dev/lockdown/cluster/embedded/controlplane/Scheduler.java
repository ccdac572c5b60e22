package dev.lockdown.cluster.embedded.controlplane;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Gives every new pod a node (its own wish, or the one with the fewest pods), and Services their node ports.
public final class Scheduler {
    private final ClusterState state;
    private final Map<String, Integer> load = new HashMap<>();

    public Scheduler(ClusterState state) {
        this.state = state;
    }

    private void countPods() {
        state.nodes().keySet().forEach(n -> load.put(n, 0));
        state.pods().values().forEach(p -> load.merge(p.node(), 1, Integer::sum));
    }

    /// @throws IllegalArgumentException if a pod wishes for a node that is not there
    public List<Change> schedule(List<Change> changes) {
        if (changes.stream().noneMatch(Scheduler::isScheduled)) return changes;
        countPods();
        var scheduled = new ArrayList<Change>();
        var nodePorts = new NodePorts(state);
        for (var change : changes) scheduled.add(switch (change) {
            case Change.StartPod(var pod) -> new Change.StartPod(pod.onNode(node(pod.name(), pod.node())));
            case Change.ApplyService(var service) -> new Change.ApplyService(nodePorts.of(service));
            case Change _ -> change;
        });
        return scheduled;
    }

    private static boolean isScheduled(Change change) {
        return change instanceof Change.StartPod || change instanceof Change.ApplyService;
    }

    private String node(NamespacedName pod, String wish) {
        if (!wish.isEmpty() && !state.nodes().containsKey(wish))
            throw new IllegalArgumentException("pod %s wishes for the node \"%s\"; there are: %s".formatted(
                pod, wish, String.join(", ", state.nodes().keySet())));
        var node = wish.isEmpty() ? load.entrySet().stream().min(Comparator.comparing((Map.Entry<String, Integer> e) -> e.getValue())
            .thenComparing(Map.Entry::getKey)).orElseThrow().getKey() : wish;
        load.merge(node, 1, Integer::sum);
        return node;
    }
}
