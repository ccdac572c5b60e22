package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.cluster.Established;
import dev.lockdown.cluster.embedded.nft.Link;
import dev.lockdown.cluster.embedded.nft.Ruleset;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Node;
import dev.lockdown.state.Pod;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Two nodes that keep the nftables scripts which they are sent, without a kernel.
final class ScriptFixture {
    private final Map<String, String> scripts = new TreeMap<>();
    private final StringBuilder everything = new StringBuilder();
    private ClusterState state = ClusterState.ofNodes(List.of(new Node("node-1", Map.of()), new Node("node-2", Map.of())));
    final Firewall firewall;
    Addresses addresses = Addresses.NONE;
    boolean refuse;

    ScriptFixture() {
        var nodes = Stream.of("node-1", "node-2").collect(Collectors.<String, String, Ruleset>toMap(n -> n, n -> script -> run(n, script)));
        firewall = new Firewall(nodes, this::link, Denial.DROP, Established.SURVIVES, Distortion.NONE);
    }

    private Link link(NamespacedName pod) {
        return new Link(state.pods().get(pod).node(), "if-" + pod);
    }

    private void run(String node, String script) {
        if (refuse) throw new IllegalStateException("refused");
        scripts.put(node, script);
        everything.append(script);
    }

    ScriptFixture namespace(String name) {
        return change(new Change.ApplyNamespace(new Namespace(name, Map.of())));
    }

    ScriptFixture pod(String name, String node, String labels, String... literals) {
        var known = new HashMap<>(addresses.byEndpoint());
        known.put(new Endpoint.Pod(NamespacedName.parse(name)), Stream.of(literals).map(InetAddress::ofLiteral).toList());
        addresses = new Addresses(known);
        return start(name, node, labels);
    }

    /// Start a pod without an address.
    ScriptFixture start(String name, String node, String labels, String... ports) {
        return change(new Change.StartPod(
            new Pod(NamespacedName.parse(name), FirewallFixture.labels(labels), Stream.of(ports).map(FirewallFixture::port).toList(), node,
                false)));
    }

    ScriptFixture change(Change... changes) {
        scripts.clear();
        state = state.after(List.of(changes));
        firewall.update(state, addresses);
        return this;
    }

    /// What the last change sent, by node.
    Map<String, String> scripts() {
        return scripts;
    }

    String everything() {
        return everything.toString();
    }
}
