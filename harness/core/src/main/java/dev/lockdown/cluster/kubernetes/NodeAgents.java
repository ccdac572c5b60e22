package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.HarnessNamespaces;
import dev.lockdown.cluster.kubernetes.agent.AgentPod;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The pods of the agents on the nodes' own network, by the names that features use for the nodes: they are to their pods what the
/// kubelet is. They are started with the first others.
record NodeAgents(ClusterRun run, Map<String, Pod> pods) {
    NodeAgents {
        pods = Map.copyOf(pods);
    }

    /// Have a namespace for them.
    static NodeAgents of(ClusterRun run) {
        run.namespaces().ensure(new Namespace(HarnessNamespaces.NODES, Map.of(RunNamespaces.ENFORCE, "privileged")));
        return new NodeAgents(run, run.info().nodes().stream().map(ClusterInfo.ClusterNode::alias).collect(Collectors.toMap(n -> n,
            n -> new Pod(new NamespacedName(HarnessNamespaces.NODES, "on-" + n), Map.of(), List.of(), n, true))));
    }

    Collection<Pod> all() {
        return pods.values();
    }

    /// Those that are there.
    Map<String, AgentPod> running() {
        var there = new HashMap<String, AgentPod>();
        pods.forEach((node, pod) -> {
            if (run.pods().get(pod.name()) instanceof AgentPod agent) there.put(node, agent);
        });
        return there;
    }

    /// Start those that are not there.
    Map<String, AgentPod> started() {
        run.pods().start(List.copyOf(pods.values()), Map.of());
        return running();
    }
}
