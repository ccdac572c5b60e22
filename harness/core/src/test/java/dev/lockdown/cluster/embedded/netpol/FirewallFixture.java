package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.cluster.Established;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.NetworkNamespace;
import dev.lockdown.cluster.embedded.kernel.Nflog;
import dev.lockdown.cluster.embedded.kernel.Nftables;
import dev.lockdown.cluster.embedded.nft.Link;
import dev.lockdown.cluster.embedded.nft.Links;
import dev.lockdown.cluster.embedded.nft.Ruleset;
import dev.lockdown.cluster.embedded.nft.SetChanges;
import dev.lockdown.cluster.embedded.proxy.ServiceProxy;
import dev.lockdown.cluster.embedded.proxy.SourceTranslation;
import dev.lockdown.cluster.embedded.proxy.Networks;
import dev.lockdown.cluster.embedded.wiring.AddressPlan;
import dev.lockdown.cluster.embedded.wiring.NodeLink;
import dev.lockdown.cluster.embedded.wiring.NodeRuleset;
import dev.lockdown.cluster.embedded.wiring.PodLink;
import dev.lockdown.cluster.embedded.wiring.PodLink.Routed;
import dev.lockdown.cluster.embedded.wiring.PodPlan;
import dev.lockdown.cluster.embedded.wiring.Wiring;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Node;
import dev.lockdown.state.Pod;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// A cluster of two nodes in which tests send real packets: `node-1` and `node-2`, with a firewall and a service proxy on each.
public final class FirewallFixture implements AutoCloseable {
    static final List<Family> BOTH = List.of(Family.IPV4, Family.IPV6);
    private static final int NFLOG_GROUP = 5;

    final NamespaceThread thread = NamespaceThread.start("fixture");
    final AddressPlan plan = new AddressPlan(BOTH);
    public final Wiring wiring = Wiring.start(thread, plan);
    final Map<String, NodeLink> nodes = new TreeMap<>();
    final Map<NamespacedName, PodLink> pods = new HashMap<>();
    public final Listeners listeners = new Listeners(thread);
    final Firewall firewall;
    final ServiceProxy proxy;
    final List<String> scripts = new ArrayList<>();
    final List<SetChanges> setChanges = new ArrayList<>();
    private final List<NodeRuleset> nodeRulesets = new ArrayList<>();
    private final Map<String, Nftables> rulesets = new TreeMap<>();
    private final Map<String, Nflog> logs = new TreeMap<>();
    private final Map<Endpoint, List<InetAddress>> addresses = new HashMap<>();
    private ClusterState state = ClusterState.ofNodes(List.of(new Node("node-1", Map.of()), new Node("node-2", Map.of())));

    public FirewallFixture() {
        this(Denial.DROP, Established.SURVIVES);
    }

    FirewallFixture(Denial denial, Established established) {
        this(denial, established, Distortion.NONE, SourceTranslation.NONE);
    }

    public FirewallFixture(Denial denial, Established established, Distortion distortion, SourceTranslation extra) {
        var rulesets = new HashMap<String, Ruleset>();
        for (var name : List.of("node-1", "node-2")) {
            var node = wiring.addNode(name);
            nodes.put(name, node);
            addresses.put(new Endpoint.Node(name), node.addresses());
            var nftables = thread.in(node.namespace(), Nftables::open);
            this.rulesets.put(name, nftables);
            rulesets.put(name, recorded(thread.in(node.namespace(), NodeRuleset::open)));
            logs.put(name, thread.in(node.namespace(), () -> Nflog.open(NFLOG_GROUP)));
        }
        Links links = pod -> pods.get(pod) instanceof Routed r ? new Link(r.node().name(), r.hostInterface()) : null;
        firewall = new Firewall(rulesets, links, denial, established, distortion);
        var networks = new Networks(blocks(AddressPlan::pods), blocks(AddressPlan::nodes));
        proxy = new ServiceProxy(rulesets, links, networks,
            Map.of(NamespacedName.parse("default/kubernetes"), nodes.get("node-1").addresses()), extra);
        change(new Change.ApplyNamespace(new Namespace("default", Map.of())));
    }

    private Ruleset recorded(NodeRuleset ruleset) {
        nodeRulesets.add(ruleset);
        return new Ruleset() {
            @Override
            public void run(String script) {
                scripts.add(script);
                ruleset.run(script);
            }

            @Override
            public boolean change(SetChanges changes) {
                setChanges.add(changes);
                return ruleset.change(changes);
            }
        };
    }

    private static List<Cidr> blocks(Function<Family, Cidr> block) {
        return BOTH.stream().map(block).toList();
    }

    ClusterState state() {
        return state;
    }

    Addresses addresses() {
        return new Addresses(addresses);
    }

    /// Start a pod that serves ports, some of them named: `TCP/80 http=TCP/8080`.
    public FirewallFixture with(String name, String node, String labels, String ports) {
        var declared = words(ports).map(FirewallFixture::port).toList();
        startPod(new Pod(NamespacedName.parse(name), labels(labels), declared, node, false));
        return this;
    }

    void startPod(Pod pod) {
        var link = wiring.addPods(List.of(new PodPlan(pod.name(), pod.node(), pod.hostNetwork()))).getFirst();
        pods.put(pod.name(), link);
        addresses.put(new Endpoint.Pod(pod.name()), link.addresses());
        pod.ports().forEach(p -> listeners.open(link.namespace(), pod.name().toString(), p.port()));
        change(new Change.StartPod(pod));
    }

    public void stopPod(String name) {
        var pod = NamespacedName.parse(name);
        listeners.close(name);
        wiring.removePod(pod);
        pods.remove(pod);
        addresses.remove(new Endpoint.Pod(pod));
        change(new Change.StopPod(pod));
    }

    public FirewallFixture namespace(String name, String labels) {
        return change(new Change.ApplyNamespace(new Namespace(name, labels(labels))));
    }

    /// Give a Service's load balancer its address before it is applied.
    public void balancer(String service, String literal) {
        addresses.put(new Endpoint.LoadBalancer(NamespacedName.parse(service)), List.of(InetAddress.ofLiteral(literal)));
    }

    /// Give a Service its ClusterIP before it is applied.
    public void clusterIp(String service, String... literals) {
        addresses.put(new Endpoint.Service(NamespacedName.parse(service)), Stream.of(literals).map(InetAddress::ofLiteral).toList());
    }

    public FirewallFixture change(Change... changes) {
        state = state.after(List.of(changes));
        firewall.update(state, addresses());
        proxy.update(state, addresses());
        return this;
    }

    /// Dialled a pod, or a node by its name.
    public DialResult dial(String from, String to, String port) {
        return dial(from, to, port, Family.IPV4);
    }

    public DialResult dial(String from, String to, String port, Family family) {
        return dial(from, address(to, family), Port.parse(port));
    }

    /// Whether each of several pods is reached: `open, silent`.
    public String results(String from, String port, String... to) {
        return String.join(", ", Stream.of(to).map(pod -> dial(from, pod, port).result()).toList());
    }

    /// Dialled any address.
    public DialResult dial(String from, InetAddress to, Port port) {
        drops();
        var dial = listeners.dial(namespace(from), new InetSocketAddress(to, port.number()), port.protocol(), 0);
        return dial.withDrops(drops());
    }

    /// Give a node rules beside those of the firewall.
    void run(String node, String script) {
        rulesets.get(node).run(script);
    }

    public NetworkNamespace namespace(String name) {
        if (name.equals("internet")) return wiring.internet();
        return name.contains("/") ? pods.get(NamespacedName.parse(name)).namespace() : nodes.get(name).namespace();
    }

    public InetAddress address(String name, Family family) {
        var all = name.contains("/") ? pods.get(NamespacedName.parse(name)).addresses() : nodes.get(name).addresses();
        return all.get(BOTH.indexOf(family));
    }

    /// The rules that dropped packets since the last call, with the node: `node-1: ingress of shop/api`.
    List<String> drops() {
        var drops = new ArrayList<String>();
        logs.forEach((node, log) -> log.drain(packet -> drops.add(node + ": " + firewall.rule(packet.prefix()))));
        return drops.stream().distinct().toList();
    }

    public static Map<String, String> labels(String text) {
        var labels = new TreeMap<String, String>();
        words(text).map(word -> word.split("=", 2)).forEach(pair -> labels.put(pair[0], pair[1]));
        return labels;
    }

    static ContainerPort port(String text) {
        int equals = text.indexOf('=');
        return new ContainerPort(Port.parse(text.substring(equals + 1)), equals < 0 ? "" : text.substring(0, equals));
    }

    private static Stream<String> words(String text) {
        return text.isEmpty() ? Stream.of() : Stream.of(text.split(" "));
    }

    @Override
    public void close() {
        listeners.closeAll();
        logs.values().forEach(Nflog::close);
        rulesets.values().forEach(Nftables::close);
        nodeRulesets.forEach(NodeRuleset::close);
        wiring.close();
        thread.close();
    }
}
