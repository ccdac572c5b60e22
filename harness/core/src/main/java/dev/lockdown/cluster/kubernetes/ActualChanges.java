package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.kubernetes.agent.AgentPod;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Change;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Service;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Changes as the cluster made them: with the nodes on which pods really are, the node ports that Services were given, and the labels that
/// the cluster demands of namespaces. Thread-safe.
final class ActualChanges {
    private final RunNamespaces namespaces;
    private final AgentPods pods;
    private final Map<NamespacedName, Service> services = new ConcurrentHashMap<>();

    ActualChanges(ClusterRun run) {
        namespaces = run.namespaces();
        pods = run.pods();
    }

    /// Take note of a Service as the cluster has it.
    void made(Service service) {
        services.put(service.name(), service);
    }

    List<Change> of(List<Change> wanted) {
        return wanted.stream().map(this::of).toList();
    }

    private Change of(Change wanted) {
        if (wanted instanceof Change.StartPod(var pod) && pods.get(pod.name()) instanceof AgentPod there)
            return new Change.StartPod(pod.onNode(there.pod().node()));
        if (wanted instanceof Change.ApplyService(var service))
            return new Change.ApplyService(services.getOrDefault(service.name(), service));
        if (wanted instanceof Change.ApplyNamespace(var namespace))
            return new Change.ApplyNamespace(new Namespace(namespace.name(), namespaces.shown(namespace.name(), namespace.labels())));
        if (wanted instanceof Change.RelabelNamespace(var name, var labels))
            return new Change.RelabelNamespace(name, namespaces.shown(name, labels));
        return wanted;
    }
}
