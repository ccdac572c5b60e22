package dev.lockdown.rules;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Protocol;
import dev.lockdown.policy.Selectors;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Direction;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy.Rule;
import dev.lockdown.state.Pod;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What policies let through, in addresses and numbers, by the oracle's reading of selectors and blocks.
final class Admissions {
    private final ClusterState state;
    private final Addresses addresses;
    private final Set<InetAddress> known;

    Admissions(ClusterState state, Addresses addresses) {
        this.state = state;
        this.addresses = addresses;
        known = addresses(_ -> true);
    }

    /// Give those of a policy in a direction, rule after rule; none where it lets nothing through.
    List<Admission> of(NetworkPolicy policy, Direction direction) {
        return policy.rules(direction).stream().flatMap(r -> of(policy, direction, r)).toList();
    }

    /// A policy with a rule for each peer: Felix has a set for each of them, and not one for all.
    static NetworkPolicy byPeer(NetworkPolicy policy) {
        return new NetworkPolicy(policy.name(), policy.podSelector(), policy.types(), byPeer(policy.ingress()), byPeer(policy.egress()));
    }

    private static List<Rule> byPeer(List<Rule> rules) {
        return rules.stream()
            .flatMap(r -> r.peers().size() < 2 ? Stream.of(r) : r.peers().stream().map(p -> new Rule(List.of(p), r.ports()))).toList();
    }

    /// Give what sets that hold ports can have for a policy's rules, for each port that they name: the pods that can be the destination,
    /// each with all numbers that it gives the name. At the policy's own end pods that it does not select do no harm, since the set is
    /// asked behind the selection: Felix has those of all namespaces there.
    List<SetContents> named(NetworkPolicy policy, Direction direction) {
        return policy.rules(direction).stream().flatMap(rule -> rule.ports().stream().filter(PolicyPort.Named.class::isInstance)
            .map(PolicyPort.Named.class::cast).map(port -> named(policy, direction, rule, port))).toList();
    }

    private SetContents named(NetworkPolicy policy, Direction direction, Rule rule, PolicyPort.Named port) {
        boolean own = direction == Direction.INGRESS;
        Predicate<Pod> meant = own ? p -> selects(policy, p) : p -> isPeer(rule, policy, p);
        return new SetContents(ends(meant, port), own ? ends(_ -> true, port) : Set.of());
    }

    private Set<SetContents.End> ends(Predicate<Pod> which, PolicyPort.Named port) {
        return state.pods().values().stream().filter(p -> !p.hostNetwork() && which.test(p))
            .flatMap(p -> addresses.of(new Endpoint.Pod(p.name())).stream().flatMap(address -> p.ports().stream()
                .filter(given -> given.port().protocol() == port.protocol() && given.name().equals(port.name()))
                .map(given -> new SetContents.End(address, given.port()))))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Nullable NetworkPolicy policy(NamespacedName name) {
        return state.policies().get(name);
    }

    /// Whether an address is that of a pod that is known here: others on the cluster have pods of their own.
    boolean isKnown(InetAddress address) {
        return known.contains(address);
    }

    /// The policies that isolate a pod in a direction.
    List<NetworkPolicy> isolating(Pod pod, Direction direction) {
        return state.policies().values().stream().filter(p -> p.types().contains(direction) && selects(p, pod)).toList();
    }

    private static boolean selects(NetworkPolicy policy, Pod pod) {
        return pod.name().namespace().equals(policy.name().namespace()) && Selectors.matches(policy.podSelector(), pod.labels());
    }

    private Stream<Admission> of(NetworkPolicy policy, Direction direction, Rule rule) {
        if (rule.ports().isEmpty()) return Stream.of(admission(policy, direction, rule, null, 0, 0, _ -> true));
        return rule.ports().stream().flatMap(port -> switch (port) {
            case PolicyPort.Any(var protocol) -> Stream.of(admission(policy, direction, rule, protocol, 0, 0, _ -> true));
            case PolicyPort.Range(var protocol, int first, int last) ->
                Stream.of(admission(policy, direction, rule, protocol, first, last, _ -> true));
            case PolicyPort.Named(var protocol, var name) -> numbers(protocol, name).stream()
                .map(n -> admission(policy, direction, rule, protocol, n, n, p -> gives(p, protocol, name, n)));
        });
    }

    /// @param serves whether a destination may be meant
    private Admission admission(NetworkPolicy policy, Direction direction, Rule rule, @Nullable Protocol protocol, int first,
            int last, Predicate<Pod> serves) {
        Predicate<Pod> own = direction == Direction.INGRESS ? serves : _ -> true;
        Predicate<Pod> other = direction == Direction.EGRESS ? serves : _ -> true;
        var blocks = rule.peers().stream().filter(Peer.IpBlock.class::isInstance).map(Peer.IpBlock.class::cast).toList();
        boolean anybody = rule.peers().isEmpty();
        var peers = addresses(p -> other.test(p) && isPeer(rule, policy, p));
        // Where a name decides, only pods that give it can be the destination.
        boolean named = direction == Direction.EGRESS && rule.ports().stream().anyMatch(PolicyPort.Named.class::isInstance);
        return new Admission(policy.name(), direction, addresses(p -> selects(policy, p) && own.test(p)), peers, blocks, anybody && !named,
            protocol, first, last);
    }

    private Set<InetAddress> addresses(Predicate<Pod> which) {
        // What a pod on its node's network has is the node's address.
        return state.pods().values().stream().filter(p -> !p.hostNetwork() && which.test(p))
            .flatMap(p -> addresses.of(new Endpoint.Pod(p.name())).stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private boolean isPeer(Rule rule, NetworkPolicy policy, Pod pod) {
        return rule.peers().isEmpty() || rule.peers().stream().anyMatch(peer -> names(peer, policy, pod));
    }

    private boolean names(Peer peer, NetworkPolicy policy, Pod pod) {
        if (!(peer instanceof Peer.Pods(var pods, var namespaces))) return false;
        boolean there = namespaces == null ? pod.name().namespace().equals(policy.name().namespace())
            : Selectors.matches(namespaces, labels(pod.name().namespace()));
        return there && (pods == null || Selectors.matches(pods, pod.labels()));
    }

    private Map<String, String> labels(String namespace) {
        var there = state.namespaces().get(namespace);
        return there == null ? Map.of() : there.labels();
    }

    private List<Integer> numbers(Protocol protocol, String name) {
        return state.pods().values().stream().flatMap(p -> p.ports().stream())
            .filter(p -> p.port().protocol() == protocol && p.name().equals(name)).map(p -> p.port().number()).distinct().toList();
    }

    private static boolean gives(Pod pod, Protocol protocol, String name, int number) {
        return pod.ports().stream()
            .anyMatch(p -> p.port().protocol() == protocol && p.name().equals(name) && p.port().number() == number);
    }
}
