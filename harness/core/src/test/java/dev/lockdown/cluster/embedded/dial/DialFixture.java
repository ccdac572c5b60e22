package dev.lockdown.cluster.embedded.dial;

import dev.lockdown.cluster.embedded.kernel.Conntrack;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.Nflog;
import dev.lockdown.cluster.embedded.kernel.Nftables;
import dev.lockdown.cluster.embedded.wiring.AddressPlan;
import dev.lockdown.cluster.embedded.wiring.NodeLink;
import dev.lockdown.cluster.embedded.wiring.PodLink;
import dev.lockdown.cluster.embedded.wiring.PodPlan;
import dev.lockdown.cluster.embedded.wiring.Wiring;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.probe.Agent;
import dev.lockdown.probe.Echo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Some nodes and some pods, `shop/pod-0` and on, dealt out to the nodes in turn, each serving echo on the given ports: no more than
/// the dialler needs.
///
/// Rules are nftables text that every forwarded packet without a connection passes on every node; `log prefix "..." group 5` reports one.
final class DialFixture implements AutoCloseable {
    static final Port TCP = new Port(Protocol.TCP, 8080);
    static final Port UDP = new Port(Protocol.UDP, 5353);
    static final Duration PATIENT = Duration.ofSeconds(10);
    static final Duration SOON = Duration.ofMillis(150);
    private static final int GROUP = 5;

    final List<NamespaceThread> threads;
    final Wiring wiring;
    final List<NodeLink> nodes;
    final List<Nftables> nftables;
    final List<DropMonitor> monitors;
    final Dialler dialler;
    final List<NetworkEndpoint> pods;

    DialFixture(int threadCount, int nodeCount, int podCount, Port... ports) throws IOException {
        threads = IntStream.range(0, threadCount).mapToObj(i -> NamespaceThread.start("fixture-" + i)).toList();
        wiring = Wiring.start(threads.getFirst(), new AddressPlan(List.of(Family.IPV4, Family.IPV6)));
        nodes = IntStream.range(0, nodeCount).mapToObj(i -> wiring.addNode("node-" + i)).toList();
        nftables = nodes.stream().map(node -> threads.getFirst().in(node.namespace(), Nftables::open)).toList();
        monitors = nodes.stream().map(this::monitor).toList();
        dialler = new Dialler(threads, monitors);
        pods = new ArrayList<>();
        for (var link : wiring.addPods(IntStream.range(0, podCount).mapToObj(this::plan).toList())) pods.add(pod(link, ports));
        rules();
    }

    private DropMonitor monitor(NodeLink node) {
        var thread = threads.getFirst();
        return new DropMonitor(node.name(), thread.in(node.namespace(), () -> Nflog.open(GROUP)),
            thread.in(node.namespace(), Conntrack::open),
            prefix -> "rule " + prefix);
    }

    private PodPlan plan(int index) {
        return new PodPlan(new NamespacedName("shop", "pod-" + index), nodes.get(index % nodes.size()).name(), false);
    }

    private NetworkEndpoint pod(PodLink link, Port... ports) throws IOException {
        var thread = threads.getFirst();
        var agent = new Agent(link.name().toString(), new NamespaceSockets(thread, link.namespace()));
        thread.<IOException>in(link.namespace(), () -> {
            for (var port : ports)
                for (var address : link.addresses()) agent.serve(port.protocol(), new InetSocketAddress(address, port.number()));
        });
        var addresses = Map.of(Family.IPV4, link.addresses().get(0), Family.IPV6, link.addresses().get(1));
        return new NetworkEndpoint(agent, link.namespace(), addresses, monitors.get(link.node().number()), dialler.ports());
    }

    /// Replace all rules, on every node.
    void rules(String... lines) {
        for (var node : nftables)
            node.run("""
                table inet network {
                    chain nat { type nat hook prerouting priority -100; policy accept; }
                    chain forward { type filter hook forward priority 0; policy accept; }
                }
                flush table inet network
                table inet network {
                    chain forward {
                        ct state established,related accept
                        ct state invalid drop
                        %s
                    }
                }
                """.formatted(String.join("\n", lines)));
    }

    /// Translate connections to an address and port of TCP on the way, on every node.
    void translate(InetSocketAddress from, InetSocketAddress to) {
        for (var node : nftables)
            node.run("add rule inet network nat ip daddr %s tcp dport %d dnat ip to %s:%d".formatted(from.getAddress().getHostAddress(),
                from.getPort(),
                to.getAddress().getHostAddress(), to.getPort()));
    }

    InetAddress address(int pod) {
        return pods.get(pod).address(Family.IPV4);
    }

    /// One pod dials another on a port that it serves.
    PlannedDial.To dial(int from, int to, Port port) {
        return dial(from, to, port, Family.IPV4);
    }

    PlannedDial.To dial(int from, int to, Port port, Family family) {
        return dial(from, to, port, new InetSocketAddress(pods.get(to).address(family), port.number()), 0, 0);
    }

    PlannedDial.To dial(int from, int to, Port port, InetSocketAddress target, int fromPort, int payload) {
        var flow = Flow.of(Endpoint.Pod.of("shop", "pod-" + from), Endpoint.Pod.of("shop", "pod-" + to), port);
        var echo = Echo.of(Set.of(pods.get(to).agent().identity()), payload);
        return new PlannedDial.To(new Probe.Reach(flow, fromPort), pods.get(from), port.protocol(), target, fromPort, echo,
            List.of(new PlannedDial.Listener(pods.get(to), port)));
    }

    PlannedDial unasked(int from, int port, int to) {
        var flow = Flow.of(Endpoint.Pod.of("shop", "pod-" + from), Endpoint.Pod.of("shop", "pod-" + to), new Port(Protocol.UDP, port));
        return new PlannedDial.Unasked(new Probe.Unasked(flow), pods.get(from), port, pods.get(to));
    }

    /// All pods dial all others on all ports, source by source.
    List<PlannedDial> table(Port... ports) {
        var dials = new ArrayList<PlannedDial>(pods.size() * pods.size() * ports.length);
        for (int from = 0; from < pods.size(); from++)
            for (int to = 0; to < pods.size(); to++) if (from != to) for (var port : ports) dials.add(dial(from, to, port));
        return dials;
    }

    Observation observe(PlannedDial dial, Duration deadline) {
        return dialler.observe(List.of(dial), deadline).getFirst();
    }

    static Port[] ports(String... texts) {
        return Arrays.stream(texts).map(Port::parse).toArray(Port[]::new);
    }

    @Override
    public void close() {
        pods.forEach(pod -> pod.agent().close());
        monitors.forEach(DropMonitor::close);
        nftables.forEach(Nftables::close);
        wiring.close();
        threads.forEach(NamespaceThread::close);
    }
}
