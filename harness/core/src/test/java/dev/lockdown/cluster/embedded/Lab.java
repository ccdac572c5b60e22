package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.kernel.Conntrack;
import dev.lockdown.cluster.embedded.kernel.MacAddress;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.NetworkNamespace;
import dev.lockdown.cluster.embedded.kernel.Nflog;
import dev.lockdown.cluster.embedded.kernel.Nftables;
import dev.lockdown.cluster.embedded.kernel.Rtnetlink;
import dev.lockdown.cluster.embedded.kernel.Sysctl;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.probe.Agent;
import dev.lockdown.probe.Echo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// One node and some pods behind it, `shop/pod-0` and on, each serving echo on the given ports: no more than the switchboard needs.
///
/// Rules are nftables text in a chain `judge` that every forwarded packet passes; `log prefix "..." group 5` reports one.
final class Lab implements AutoCloseable {
    private static final int GROUP = 5;
    private static final MacAddress NODE_MAC = new MacAddress("ee:ee:ee:ee:ee:ee");
    private static final MacAddress POD_MAC = new MacAddress("0a:58:00:00:00:02");
    private static final InetAddress GATEWAY = InetAddress.ofLiteral("169.254.1.1");
    private static final InetAddress GATEWAY6 = InetAddress.ofLiteral("fe80::1");
    private static final InetAddress ANY = InetAddress.ofLiteral("0.0.0.0");
    private static final InetAddress ANY6 = InetAddress.ofLiteral("::");
    private static final InetAddress NODE = InetAddress.ofLiteral("172.18.0.10");

    final List<NamespaceThread> threads;
    final NetworkNamespace node;
    final Nftables nftables;
    final NodeTap tap;
    final Switchboard switchboard;
    final List<Station> pods = new ArrayList<>();

    Lab(int threadCount, int podCount, Port... ports) throws IOException {
        threads = IntStream.range(0, threadCount).mapToObj(i -> NamespaceThread.start("lab-" + i)).toList();
        var thread = threads.getFirst();
        node = thread.create();
        thread.in(node, () -> {
            Sysctl.write("net.ipv4.ip_forward", "1");
            Sysctl.write("net.ipv6.conf.all.forwarding", "1");
            Sysctl.write("net.ipv4.icmp_ratelimit", "0");
            try (var links = Rtnetlink.open()) {
                links.up(Rtnetlink.LOOPBACK).address(Rtnetlink.LOOPBACK, NODE, 32).commit();
            }
        });
        nftables = thread.in(node, Nftables::open);
        tap = new NodeTap("node-1", thread.in(node, () -> Nflog.open(GROUP)), thread.in(node, Conntrack::open), prefix -> "rule " + prefix);
        switchboard = new Switchboard(threads, List.of(tap));
        for (int i = 0; i < podCount; i++) pods.add(pod(i, ports));
    }

    /// Replace all rules.
    void rules(String... lines) {
        nftables.run("""
            table inet lab { chain forward { type filter hook forward priority 0; policy accept; }
            chain judge { }
            }
            flush table inet lab
            table inet lab { chain judge {
            %s
            }
            chain forward {
            ct state established,related accept
            ct state invalid drop
            jump judge
            }
            }
            """.formatted(String.join("\n", lines)));
    }

    Station pod(int index) {
        return pods.get(index);
    }

    InetSocketAddress address(int pod, int port) {
        return new InetSocketAddress(pod(pod).address(Family.IPV4), port);
    }

    /// One pod calls another on a port that it serves.
    Call.To call(int from, int to, Port port) {
        return call(from, to, port, Family.IPV4, 0);
    }

    Call.To call(int from, int to, Port port, Family family, int payload) {
        var target = new InetSocketAddress(pod(to).address(family), port.number());
        var expected = Set.of(pod(to).agent().identity());
        var listener = new Call.Listener(pod(to), port);
        return new Call.To(reach(from, to, port, family), pod(from), port.protocol(), target, 0, Echo.of(expected, payload), List.of(listener));
    }

    static Probe.Reach reach(int from, int to, Port port, Family family) {
        return Probe.Reach.of(new Flow(Endpoint.Pod.of("shop", "pod-" + from), Endpoint.Pod.of("shop", "pod-" + to), port, family));
    }

    /// All pods call all others on all ports, source by source.
    List<Call> table(Port... ports) {
        var calls = new ArrayList<Call>(pods.size() * pods.size() * ports.length);
        for (int from = 0; from < pods.size(); from++)
            for (int to = 0; to < pods.size(); to++) if (from != to) for (var port : ports) calls.add(call(from, to, port));
        return calls;
    }

    private Station pod(int index, Port... ports) throws IOException {
        var thread = threads.getFirst();
        var address = InetAddress.ofLiteral("10.42.%d.%d".formatted(index / 250, index % 250 + 2));
        var address6 = InetAddress.ofLiteral("fd42::%x".formatted(index + 2));
        var namespace = thread.create();
        int link = 100 + index;
        thread.in(node, () -> {
            try (var links = Rtnetlink.open()) {
                links.veth(new Rtnetlink.End(link, "pod" + index, NODE_MAC), new Rtnetlink.End(2, "eth0", POD_MAC), namespace)
                    .neighbour(link, address, POD_MAC).route(address, 32, link)
                    .neighbour(link, address6, POD_MAC).route(address6, 128, link).commit();
            }
        });
        var agent = new Agent("shop/pod-" + index, new PodSockets(thread, namespace));
        thread.<IOException>in(namespace, () -> {
            try (var links = Rtnetlink.open()) {
                links.up(Rtnetlink.LOOPBACK).up(2).address(2, address, 32).neighbour(2, GATEWAY, NODE_MAC).route(ANY, 0, GATEWAY, 2, address)
                    .address(2, address6, 128).neighbour(2, GATEWAY6, NODE_MAC).route(ANY6, 0, GATEWAY6, 2, null).commit();
            }
            for (var port : ports) {
                agent.serve(port.protocol(), new InetSocketAddress(address, port.number()));
                agent.serve(port.protocol(), new InetSocketAddress(address6, port.number()));
            }
        });
        return new Station(agent, namespace, Map.of(Family.IPV4, address, Family.IPV6, address6), tap, switchboard.ports());
    }

    static Port[] ports(String... texts) {
        return Arrays.stream(texts).map(Port::parse).toArray(Port[]::new);
    }

    static final Port TCP = new Port(Protocol.TCP, 8080);
    static final Port UDP = new Port(Protocol.UDP, 5353);

    @Override
    public void close() {
        pods.forEach(pod -> pod.agent().close());
        pods.forEach(pod -> pod.namespace().close());
        tap.close();
        nftables.close();
        node.close();
        threads.forEach(NamespaceThread::close);
    }
}
