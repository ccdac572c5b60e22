package dev.lockdown.spec;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.spec.words.Peer;
import dev.lockdown.spec.words.PortWord;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.ControllerLabels;
import dev.lockdown.state.Direction;
import dev.lockdown.state.InputException;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy.Peer.IpBlock;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.trial.ScenarioTrial;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Writes the policy that a person would write for "`a` is allowed egress to `b` on ports".
final class Allowance {
    private final ScenarioTrial trial;
    private final Resolver resolver;

    Allowance(ScenarioTrial trial) {
        this.trial = trial;
        this.resolver = new Resolver(trial);
    }

    NetworkPolicy policy(String name, Direction direction, Peer subject, Peer peer, List<PortWord> words) {
        var selected = selected(subject);
        var rule = new NetworkPolicy.Rule(peers(peer), ports(peer, words));
        return new NetworkPolicy(new NamespacedName(selected.namespace, name), selected.selector, Set.of(direction),
            direction == Direction.INGRESS ? List.of(rule) : List.of(), direction == Direction.EGRESS ? List.of(rule) : List.of());
    }

    private record Subject(String namespace, LabelSelector selector) {}

    private Subject selected(Peer subject) {
        return switch (subject) {
            case Peer.One(Endpoint.Pod(var name)) -> new Subject(name.namespace(), LabelSelector.labels(labels(name)));
            case Peer.Pods(var namespace, var labels) when namespace != null -> {
                resolver.endpoints(subject);
                yield new Subject(namespace, LabelSelector.labels(labels));
            }
            case Peer.Pods _ -> throw new InputException("a policy lives in one namespace: say which, as in every pod of \"shop\"");
            case Peer.One _, Peer.NodeOf _ -> throw new InputException("only pods are subject to a NetworkPolicy");
        };
    }

    private List<NetworkPolicy.Peer> peers(Peer peer) {
        return switch (peer) {
            case Peer.Pods(var namespace, var labels) -> {
                resolver.endpoints(peer);
                yield List.of(new NetworkPolicy.Peer.Pods(labels.isEmpty() ? null : LabelSelector.labels(labels),
                    namespace == null ? LabelSelector.EVERYTHING : ofNamespace(namespace)));
            }
            case Peer.One(Endpoint.Pod(var name)) ->
                List.of(new NetworkPolicy.Peer.Pods(LabelSelector.labels(labels(name)), ofNamespace(name.namespace())));
            case Peer.One(Endpoint.KubernetesApi _) -> trial.addresses().apiServers().stream().map(a -> block(a.address())).toList();
            case Peer.One(Endpoint.Service(var name)) -> throw ofPods("service", name);
            case Peer.One(Endpoint.LoadBalancer(var name)) -> throw ofPods("load balancer", name);
            case Peer.One(Endpoint.Host _), Peer.One(Endpoint.Node _), Peer.NodeOf _ -> {
                var blocks = new ArrayList<NetworkPolicy.Peer>();
                for (var end : resolver.endpoints(peer)) trial.addresses().of(end).forEach(a -> blocks.add(block(a)));
                yield blocks;
            }
        };
    }

    private InputException ofPods(String kind, NamespacedName name) {
        return new InputException(
            "a policy selects pods, never Services: allow the pods behind %s \"%s\", for instance pods \"%s\" of \"%s\""
                .formatted(kind, name, join(Objects.requireNonNull(trial.state().services().get(name)).selector()), name.namespace()));
    }

    private List<PolicyPort> ports(Peer peer, List<PortWord> words) {
        if (peer instanceof Peer.One(Endpoint.KubernetesApi _))
            return trial.addresses().apiServers().stream().map(a -> numbered(new Port(Protocol.TCP, a.port()))).distinct()
                .toList();
        var ports = new ArrayList<PolicyPort>();
        for (var word : words) switch (word) {
            case PortWord.Numbered(var port) -> ports.add(numbered(port));
            case PortWord.Named(var protocol, var name) -> ports.add(new PolicyPort.Named(protocol, name));
            case PortWord.Every _ -> {}
            case PortWord.Web web -> throw web.misplaced();
            case PortWord.Icmp _ -> throw new InputException("no NetworkPolicy can name ICMP; say every port, or the ports that are meant");
        }
        return ports;
    }

    private static PolicyPort numbered(Port port) {
        return new PolicyPort.Range(port.protocol(), port.number(), port.number());
    }

    private static NetworkPolicy.Peer block(InetAddress address) {
        return new IpBlock(Cidr.parse(address.getHostAddress() + "/" + address.getAddress().length * 8), List.of());
    }

    private static LabelSelector ofNamespace(String namespace) {
        return LabelSelector.labels(Map.of(Namespace.NAME_LABEL, namespace));
    }

    private Map<String, String> labels(NamespacedName name) {
        var labels = ControllerLabels.without(resolver.pod(name).labels());
        if (labels.isEmpty())
            throw new InputException("pod \"%s\" has no labels, so no policy can select it alone; give it some".formatted(name));
        return labels;
    }

    private static String join(Map<String, String> labels) {
        return String.join(", ", labels.entrySet().stream().map(Object::toString).toList());
    }
}
