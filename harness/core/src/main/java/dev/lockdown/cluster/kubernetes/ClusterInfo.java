package dev.lockdown.cluster.kubernetes;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Addresses.ApiServer;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPlugin;
import dev.lockdown.state.Node;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What a cluster had before the run made anything in it.
///
/// @param version of Kubernetes
/// @param nodes those that can run agents, in the order of their names
/// @param unused why the other nodes are not tested
/// @param families of the pods' addresses, the cluster's first family first
/// @param dns the name servers' pods, and their Service under the name `kube-system/kube-dns`, whatever it is called
/// @param apiServers behind the Service `default/kubernetes`
/// @param namespaces all that were there
/// @param plugins the network plugins that were seen
record ClusterInfo(String version, List<ClusterNode> nodes, List<String> unused, List<Family> families, Dns dns,
        List<InetAddress> apiService, List<ApiServer> apiServers, Map<String, Namespace> namespaces, List<NetworkPlugin> plugins) {
    static final NamespacedName API = new NamespacedName("default", "kubernetes");
    static final NamespacedName DNS = new NamespacedName("kube-system", "kube-dns");

    /// The same as a state in which there is nothing of the run.
    ClusterState state() {
        var changes = new ArrayList<Change>();
        namespaces.values().forEach(n -> changes.add(new Change.ApplyNamespace(n)));
        dns.pods.keySet().forEach(p -> changes.add(new Change.StartPod(p)));
        changes.add(new Change.ApplyService(dns.service));
        return ClusterState.ofNodes(nodes.stream().map(n -> new Node(n.alias, n.labels)).toList()).after(changes);
    }

    /// The addresses of its nodes and API servers.
    List<InetAddress> machines() {
        return Stream.concat(apiServers.stream().map(ApiServer::address), nodes.stream().flatMap(n -> n.addresses.stream())).distinct()
            .toList();
    }

    /// A node's name in the cluster.
    String named(String alias) {
        return nodes.stream().filter(n -> n.alias.equals(alias)).map(ClusterNode::name).findFirst().orElseThrow(
            () -> new IllegalArgumentException(
                "there is no node \"%s\"; there are: %s".formatted(alias, nodes.stream().map(ClusterNode::alias).toList())));
    }

    /// Whether a provider has made its nodes, as clouds do, whose load balancers take minutes to come up.
    boolean isProvided() {
        return nodes.stream().anyMatch(ClusterNode::provided);
    }

    /// @param alias by which features know it: `node-1` is the first of any cluster
    /// @param provided whether it has a `spec.providerID`
    record ClusterNode(String alias, String name, Map<String, String> labels, List<InetAddress> addresses, boolean provided) {}

    record Dns(Service service, List<InetAddress> serviceAddresses, Map<Pod, List<InetAddress>> pods) {}
}
