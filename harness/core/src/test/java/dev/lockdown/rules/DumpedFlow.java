package dev.lockdown.rules;

import dev.lockdown.cluster.NodeDump;
import dev.lockdown.cluster.NodeDump.Kind;
import dev.lockdown.cluster.NodeDump.Part;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.Manifests;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Node;
import dev.lockdown.state.Pod;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Cells;
import dev.lockdown.verdict.NodeRules;
import dev.lockdown.verdict.RuleWording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A state of pods with the addresses that they had when a dump was taken.
final class DumpedFlow {
    private final Map<Endpoint, List<InetAddress>> addresses = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();

    DumpedFlow namespace(String name, Map<String, String> labels) {
        changes.addFirst(new Change.ApplyNamespace(new Namespace(name, labels)));
        return this;
    }

    DumpedFlow pod(String name, String node, String address, Map<String, String> labels, ContainerPort... ports) {
        var named = NamespacedName.parse(name);
        changes.add(new Change.StartPod(new Pod(named, labels, List.of(ports), node, false)));
        addresses.put(new Endpoint.Pod(named), List.of(InetAddress.ofLiteral(address)));
        return this;
    }

    DumpedFlow policy(String yaml) {
        changes.addAll(Manifests.read("policy.yaml", yaml, "default").changes());
        return this;
    }

    DumpedFlow part(Kind kind, String tool, String text) {
        parts.add(new Part(kind, tool, text));
        return this;
    }

    /// Of a real node.
    DumpedFlow dump(String name) {
        return part(Kind.IPTABLES, "iptables", file(name + "-iptables.txt")).part(Kind.IPSET, "ipset", file(name + "-ipset.txt"));
    }

    static String file(String name) {
        try (var in = Objects.requireNonNull(DumpedFlow.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ClusterState state() {
        return ClusterState.ofNodes(List.of(new Node("node-1", Map.of()), new Node("node-2", Map.of()))).after(changes);
    }

    Addresses addresses() {
        return new Addresses(addresses);
    }

    /// What is found on a node of a flow that is open and should not be, or the other way round.
    NodeRules rules(String node, String flow, String seen) {
        return rules(node, flow, seen, Map.of());
    }

    NodeRules rules(String node, String flow, String seen, Map<String, String> namespaces) {
        Cell cell = Cells.of(flow, 1, seen.equals("open") ? "blocked" : "open", seen);
        var found = new FlowRules(state(), addresses()).of(cell,
            List.of(new NodeDump(node, parts, namespaces, Map.of(), List.of())), "kube-router 2.6.3", _ -> "rules.txt");
        return found.getFirst();
    }

    static List<String> facts(NodeRules rules) {
        return rules.facts().stream().map(RuleWording::of).toList();
    }

    static List<String> chains(NodeRules rules) {
        return rules.chains().stream().map(NodeRules.Chain::name).toList();
    }

    static List<String> sets(NodeRules rules) {
        return rules.sets().stream().map(RuleWording::of).toList();
    }
}
