package dev.lockdown.table;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.manifest.Manifest;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Node;
import dev.lockdown.state.Pod;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What manifests describe: the cast, then the policies, then further states one after another.
///
/// @param cast namespaces, pods and Services
/// @param policies of the first state
/// @param later each the changes of one more state
public record DescribedStates(List<Change> cast, List<Change> policies, List<List<Change>> later) {
    public DescribedStates {
        cast = List.copyOf(cast);
        policies = List.copyOf(policies);
        later = later.stream().map(List::copyOf).toList();
    }

    /// @param ports that every pod serves, instead of those it declares; empty for those it declares
    public static DescribedStates of(Manifest manifest, List<Port> ports, List<List<Change>> later) {
        var cast = new ArrayList<Change>();
        var policies = new ArrayList<Change>();
        for (var change : manifest.changes()) {
            switch (change) {
                case Change.ApplyPolicy policy -> policies.add(policy);
                case Change.StartPod(var pod) -> cast.add(new Change.StartPod(serving(pod, ports)));
                case Change.ApplyNamespace _, Change.ApplyService _, Change.AddHost _, Change.DeleteNamespace _, Change.DeletePolicy _, Change.DeleteService _, Change.RelabelNamespace _, Change.RelabelPod _, Change.StopPod _ ->
                    cast.add(change);
            }
        }
        return new DescribedStates(withNamespaces(cast, policies), policies, later);
    }

    /// The same with machines outside the cluster.
    public DescribedStates beside(List<ExternalHost> hosts) {
        var all = new ArrayList<>(cast);
        hosts.forEach(h -> all.add(new Change.AddHost(h)));
        return new DescribedStates(all, policies, later);
    }

    private static Pod serving(Pod pod, List<Port> ports) {
        if (ports.isEmpty()) return pod;
        // A named port keeps its name where its number is served, so that policies by name still mean it.
        var served = ports.stream()
            .map(p -> pod.ports().stream().filter(c -> c.port().equals(p)).findFirst().orElse(ContainerPort.undeclared(p))).toList();
        var declared = pod.ports().stream().filter(c -> !ports.contains(c.port())).toList();
        var all = new ArrayList<>(served);
        all.addAll(declared);
        return new Pod(pod.name(), pod.labels(), all, pod.node(), pod.hostNetwork());
    }

    /// People keep namespaces elsewhere: those that are only named come without labels of their own.
    private static List<Change> withNamespaces(List<Change> cast, List<Change> policies) {
        var all = new ArrayList<Change>();
        undeclared(cast, policies).forEach(n -> all.add(new Change.ApplyNamespace(new Namespace(n, Map.of()))));
        all.addAll(cast);
        return all;
    }

    /// The namespaces that objects are in and that no object declares.
    private static Set<String> undeclared(List<Change> cast, List<Change> policies) {
        var declared = new LinkedHashSet<String>();
        var named = new TreeSet<String>();
        for (var change : cast) {
            if (change instanceof Change.ApplyNamespace(var namespace)) declared.add(namespace.name());
            if (change instanceof Change.StartPod(var pod)) named.add(pod.name().namespace());
            if (change instanceof Change.ApplyService(var service)) named.add(service.name().namespace());
        }
        for (var change : policies) if (change instanceof Change.ApplyPolicy(var policy)) named.add(policy.name().namespace());
        named.removeAll(declared);
        return named;
    }

    /// The state before the first policy, on two nodes and those that pods name, beside what every cluster has.
    ///
    /// @throws IllegalArgumentException if the manifests do not fit each other
    public ClusterState first() {
        var nodes = new TreeSet<>(List.of("node-1", "node-2"));
        for (var change : cast) if (change instanceof Change.StartPod(var pod) && !pod.node().isEmpty()) nodes.add(pod.node());
        return ClusterState.ofNodes(nodes.stream().map(n -> new Node(n, Map.of())).toList()).after(ClusterDefaults.beside(cast))
            .after(cast);
    }

    /// The pods, in the order of the manifests.
    List<NamespacedName> pods() {
        return cast.stream().filter(Change.StartPod.class::isInstance).map(c -> ((Change.StartPod) c).pod().name()).toList();
    }
}
