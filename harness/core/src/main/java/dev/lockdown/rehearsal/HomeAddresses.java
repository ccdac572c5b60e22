package dev.lockdown.rehearsal;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Protocol;
import dev.lockdown.need.Need;
import dev.lockdown.need.Party;
import dev.lockdown.need.PlatformAddresses;
import dev.lockdown.policy.Blocks;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.Direction;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy.Rule;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Where the Kubernetes API and the nodes of the application's own cluster are. Its policies speak of them; on a stage they are elsewhere.
///
/// @param api where its clients reach it and from where it dials; an address for documentation (RFC 5737) where nobody said it
/// @param isApiKnown whether somebody said it
/// @param nodes blocks that hold the nodes' addresses; empty where nobody said them
public record HomeAddresses(Addresses.ApiServer api, boolean isApiKnown, List<Cidr> nodes) {
    /// What the stand-in of an API server is called among the hosts of a stage: no machine outside can have this name.
    static final String API_HOST = "kubernetes.default.svc";
    /// From where the stand-in of an API server dials, whatever the real one's address is.
    static final InetAddress API_CLIENT = InetAddress.ofLiteral("192.0.2.1");
    private static final Addresses.ApiServer MADE_UP = new Addresses.ApiServer(API_CLIENT, 6443);
    private static final List<Integer> USUAL_PORTS = List.of(443, 6443);

    public HomeAddresses {
        nodes = List.copyOf(nodes);
    }

    public static HomeAddresses of(PlatformAddresses known) {
        var api = known.apiServer();
        return api == null ? new HomeAddresses(MADE_UP, false, known.nodes()) : new HomeAddresses(api, true, known.nodes());
    }

    /// Addresses that rules for the platform name, at home or on a stage.
    ///
    /// @param apiServers where the API listens, as egress rules see it
    /// @param apiClient from where it dials
    /// @param nodes blocks, empty where nothing is to be said of nodes
    record Named(List<Addresses.ApiServer> apiServers, InetAddress apiClient, List<Cidr> nodes) {}

    Named atHome() {
        return new Named(List.of(api), api.address(), nodes);
    }

    Named on(Stage stage) {
        var there = new ArrayList<Cidr>();
        if (!nodes.isEmpty())
            for (var node : stage.state().nodes().keySet()) stage.addresses().of(new Endpoint.Node(node)).forEach(a -> there.add(whole(a)));
        return new Named(stage.addresses().apiServers(), API_CLIENT, there);
    }

    /// Let policies that allow addresses at home allow those on the stage as well.
    List<Change> onStage(List<Change> policies, Named there) {
        return policies.stream().map(c -> c instanceof Change.ApplyPolicy(var policy) ? new Change.ApplyPolicy(onStage(policy, there)) : c)
            .toList();
    }

    private NetworkPolicy onStage(NetworkPolicy policy, Named there) {
        var egress = new LinkedHashSet<>(policy.egress());
        var ingress = new LinkedHashSet<>(policy.ingress());
        for (var rule : policy.egress()) {
            if (names(rule, api.address()) && covers(rule, api.port()))
                for (var server : there.apiServers)
                    egress.add(new Rule(List.of(block(whole(server.address()))),
                        List.of(new PolicyPort.Range(Protocol.TCP, server.port(), server.port()))));
            var nodesOf = namedNodes(rule, there);
            if (!nodesOf.isEmpty()) egress.add(new Rule(nodesOf, rule.ports()));
        }
        for (var rule : policy.ingress()) {
            if (names(rule, api.address())) ingress.add(new Rule(List.of(block(whole(there.apiClient))), rule.ports()));
            var nodesOf = namedNodes(rule, there);
            if (!nodesOf.isEmpty()) ingress.add(new Rule(nodesOf, rule.ports()));
        }
        return new NetworkPolicy(policy.name(), policy.podSelector(), policy.types(), List.copyOf(ingress), List.copyOf(egress));
    }

    private static boolean names(Rule rule, InetAddress address) {
        return rule.peers().stream().anyMatch(p -> p instanceof Peer.IpBlock block && Blocks.contains(block, address));
    }

    /// The nodes there, of each family of which the rule names all nodes at home.
    private List<Peer> namedNodes(Rule rule, Named there) {
        return there.nodes.stream().filter(t -> {
            var own = nodes.stream().filter(n -> Family.of(n.network()) == Family.of(t.network())).toList();
            return !own.isEmpty() && own.stream().allMatch(n -> names(rule, n.network()) && names(rule, n.last()));
        }).<Peer>map(HomeAddresses::block).toList();
    }

    private static Peer.IpBlock block(Cidr cidr) {
        return new Peer.IpBlock(cidr, List.of());
    }

    static Cidr whole(InetAddress address) {
        return new Cidr(address, Family.of(address) == Family.IPV4 ? 32 : 128);
    }

    private static boolean covers(Rule rule, int number) {
        return rule.ports().isEmpty() || rule.ports().stream().anyMatch(p -> switch (p) {
            case PolicyPort.Any _ -> true;
            case PolicyPort.Range(_, var first, var last) -> first <= number && number <= last;
            case PolicyPort.Named _ -> false;
        });
    }

    /// Whether the application's policies let through to or from blocks of addresses, and nobody said whether the end of the need that is no
    /// pod is in one of them.
    ///
    /// @param flows of the need on the stage
    boolean mayBeMeant(Need need, NeedFlows flows, List<Change> policies) {
        if (!isApiKnown && need.to() instanceof Party.Api && need.from() instanceof Party.Workload from)
            return hasBlock(policies, from.name().namespace(), Direction.EGRESS, USUAL_PORTS);
        if (!isApiKnown && need.from() instanceof Party.Api)
            return flows.targets(need).stream().anyMatch(t -> hasBlock(policies, t.name().namespace(), Direction.INGRESS, List.of()));
        if (!nodes.isEmpty()) return false;
        return flows.endsOnNodes(need) && need.from() instanceof Party.Workload from
            && hasBlock(policies, from.name().namespace(), Direction.EGRESS, List.of())
            || flows.beginsOnNodes(need)
                && flows.targets(need).stream().anyMatch(t -> hasBlock(policies, t.name().namespace(), Direction.INGRESS, List.of()));
    }

    /// @param numbers one of which a rule must cover; empty for any rule
    private static boolean hasBlock(List<Change> policies, String namespace, Direction direction, List<Integer> numbers) {
        return policies.stream().anyMatch(c -> c instanceof Change.ApplyPolicy(var policy) && policy.name().namespace().equals(namespace)
            && policy.rules(direction).stream().anyMatch(r -> r.peers().stream().anyMatch(Peer.IpBlock.class::isInstance)
                && (numbers.isEmpty() || numbers.stream().anyMatch(p -> covers(r, p)))));
    }
}
