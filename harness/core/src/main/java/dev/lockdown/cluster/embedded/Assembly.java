package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.Established;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.embedded.api.ClusterTls;
import dev.lockdown.cluster.embedded.controlplane.ServiceAccountTokens;
import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import dev.lockdown.cluster.embedded.defect.Defect;
import dev.lockdown.cluster.embedded.controlplane.SystemObjects;
import dev.lockdown.cluster.embedded.defect.Defects;
import dev.lockdown.cluster.embedded.dial.Dialler;
import dev.lockdown.cluster.embedded.dial.DropMonitor;
import dev.lockdown.cluster.embedded.dial.NetworkEndpoints;
import dev.lockdown.cluster.embedded.dns.ClusterDns;
import dev.lockdown.cluster.embedded.held.BeatLoop;
import dev.lockdown.cluster.embedded.kernel.Conntrack;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.Nflog;
import dev.lockdown.cluster.embedded.netpol.Denial;
import dev.lockdown.cluster.embedded.netpol.Firewall;
import dev.lockdown.cluster.embedded.nft.Ruleset;
import dev.lockdown.cluster.embedded.proxy.Networks;
import dev.lockdown.cluster.embedded.proxy.ServiceProxy;
import dev.lockdown.cluster.embedded.wiring.AddressPlan;
import dev.lockdown.cluster.embedded.wiring.NodeLink;
import dev.lockdown.cluster.embedded.wiring.NodeRuleset;
import dev.lockdown.cluster.embedded.wiring.Wiring;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/// What one cluster is made of.
///
/// @param parts in the order in which a change goes through them: the network, then addresses, then rules, then servers, so that no pod
///     answers before its policies hold
record Assembly(AddressBook book, List<Part> parts, Enforcement enforcement, Prober prober, ServiceAccountTokens tokens,
        NetworkEndpoints endpoints, Faults faults, EmbeddedDisruptions disruptions, NamespaceThread namespaces, BeatLoop beats,
        Opened opened) {

    /// What a cluster is to be like.
    ///
    /// @param threads how many make dials
    record Plan(Needs needs, int threads, Set<Defect> defects, Denial denial, ClusterTls tls, InstantSource clock) {
        /// Their names, `node-1` and on.
        List<String> nodes() {
            return IntStream.rangeClosed(1, needs.nodes()).mapToObj(i -> "node-" + i).toList();
        }

        List<Family> families() {
            return needs.families();
        }

        /// What the scenario asks for, and else what stateful rules do.
        Established established() {
            return Objects.requireNonNullElse(needs.established(), Established.SURVIVES);
        }
    }

    /// Make each piece from those before it. Where one cannot be made, those before it are closed.
    static Assembly of(Plan plan) {
        var opened = new Opened();
        try {
            return assemble(plan, opened);
        } catch (RuntimeException e) {
            try (opened) {
                throw e;
            }
        }
    }

    private static Assembly assemble(Plan plan, Opened opened) {
        var threads = new ArrayList<NamespaceThread>();
        for (int i = 0; i < plan.threads; i++) threads.add(opened.add(NamespaceThread.start("lockdown-net-" + i), NamespaceThread::close));
        var thread = threads.getFirst();
        var wiring = opened.add(Wiring.start(thread, new AddressPlan(plan.families())), Wiring::close);
        var nodes = plan.nodes().stream().map(wiring::addNode).toList();
        var rules = rulesets(nodes, thread, opened);
        var defects = Defects.of(plan.defects);
        var firewall = new Firewall(rules, wiring::link, plan.denial, plan.established(), defects);
        var proxy =
            new ServiceProxy(rules, wiring::link, networks(plan.families()), Map.of(SystemObjects.API, nodes.getFirst().addresses()),
                defects::beforeMasquerade);
        var monitors = nodes.stream().map(node -> monitor(node, firewall, thread, opened)).toList();
        var dialler = new Dialler(threads, monitors);
        var endpoints = opened.add(new NetworkEndpoints(thread, dialler::ports), NetworkEndpoints::close);
        var tokens = new ServiceAccountTokens();
        var api = opened.add(ApiNode.start(thread, nodes.getFirst(), plan.tls, tokens), ApiNode::close);
        var book = new AddressBook(api.endpoints());
        for (var node : nodes) {
            var endpoint = new Endpoint.Node(node.name());
            book.give(endpoint, node.addresses());
            endpoints.add(endpoint, node.namespace(), node.addresses(), monitors.get(node.number()));
        }
        var network = new PodNetwork(wiring, endpoints, monitors, book);
        var dns = new ClusterDns(Snapshot.EMPTY);
        var enforcement = new Enforcement(firewall, defects, plan.clock, network::started);
        var parts =
            new ArrayList<Part>(List.of(network, new ExternalHosts(wiring, endpoints, book, dns), new ClusterIps(plan.families(), book),
                new LoadBalancers(wiring), api, dns::update, now -> proxy.update(now.state(), now.addresses()), enforcement));
        if (plan.established() == Established.FLUSHED) parts.add(new ForgetDenied(monitors, firewall));
        if (defects.has(Defect.OWN_ADDRESS_DENIED)) parts.add(new OwnAddressDenied(thread, endpoints, network::started));
        parts.add(new PodServers(endpoints, book, dns, network::started));
        var loss = new PacketLoss(rules);
        return new Assembly(book, List.copyOf(parts), enforcement,
            new Prober(dialler, endpoints, api, plan.families().getFirst(), plan.clock), tokens, endpoints, new Faults(wiring, endpoints),
            new EmbeddedDisruptions(enforcement, loss, new NodeReboot(enforcement, proxy, loss, wiring, monitors), wiring,
                nodes.getFirst().name()),
            thread,
            new BeatLoop(thread, plan.clock, dialler::spareHeld), opened);
    }

    private static Map<String, Ruleset> rulesets(List<NodeLink> nodes, NamespaceThread thread, Opened opened) {
        var rulesets = new HashMap<String, Ruleset>();
        for (var node : nodes) {
            var table = opened.add(thread.in(node.namespace(), NodeRuleset::open), NodeRuleset::close);
            rulesets.put(node.name(), table);
        }
        return rulesets;
    }

    private static DropMonitor monitor(NodeLink node, Firewall firewall, NamespaceThread thread, Opened opened) {
        var log = thread.in(node.namespace(), () -> Nflog.open(Firewall.LOG_GROUP));
        var connections = thread.in(node.namespace(), Conntrack::open);
        return opened.add(
            new DropMonitor(node.name(), log, connections, prefix -> ServiceProxy.rule(prefix).orElseGet(() -> firewall.rule(prefix))),
            DropMonitor::close);
    }

    private static Networks networks(List<Family> families) {
        return new Networks(families.stream().map(AddressPlan::pods).toList(), families.stream().map(AddressPlan::nodes).toList());
    }
}
