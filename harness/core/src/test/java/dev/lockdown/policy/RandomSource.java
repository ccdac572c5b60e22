package dev.lockdown.policy;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Direction;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Random clusters, policies and flows, small enough that everything happens: the same again for the same seed.
final class RandomSource {
    private static final List<String> NAMESPACES = List.of("x", "y", "z");
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final List<String> SELECTORS = List.of("", "pod=a", "pod in (a b)", "pod notin (a)", "tier", "!tier", "pod=b; tier=1");
    private static final List<String> NAMESPACE_SELECTORS = List.of("", "ns=x", "ns in (x y)", "ns notin (z)", "!gone", "gone");
    private static final List<String> CIDRS = List.of("10.42.0.0/16", "10.42.0.4/30", "0.0.0.0/0", "::/0", "fd00::/64", "172.18.0.0/24",
        "203.0.113.7/32", "10.43.0.0/16");
    private static final List<String> PORTS = List.of("TCP", "UDP", "TCP/80", "UDP/80", "TCP/80-81", "TCP/http", "UDP/http", "TCP/81");

    private final Random random;

    RandomSource(long seed) {
        random = new Random(seed);
    }

    Cast cluster() {
        var cast = Cast.cluster().host("out", "203.0.113.7").host("away", "198.51.100.1");
        for (var namespace : NAMESPACES) {
            cast.namespace(namespace, "ns=" + namespace);
            for (var name : NAMES) {
                var labels = "pod=" + name + (chance(2) ? ", tier=1" : "");
                var number = chance(2) ? "80" : "81";
                if (chance(8)) cast.hostNetworkPodOn(node(), namespace + "/" + name, labels, "http=TCP/" + number);
                else cast.podOn(node(), namespace + "/" + name, labels, "http=" + one("TCP", "UDP") + "/" + number);
            }
            cast.service(namespace + "/svc", "pod=a", "TCP/80", chance(2) ? "81" : "http");
            cast.headless(namespace + "/heads", "tier=1", "TCP/80");
            cast.nodePort(namespace + "/public", "pod=b", "UDP/80", "80", 30000 + NAMESPACES.indexOf(namespace));
        }
        for (int i = random.nextInt(6); i > 0; i--) cast.policy(policy("p" + i));
        return cast;
    }

    Written policy(String name) {
        var types = List.of(new Direction[] {Direction.INGRESS}, new Direction[] {Direction.EGRESS}, Direction.values());
        var policy = Written.policy(pick(NAMESPACES) + "/" + name, pick(SELECTORS), pick(types));
        for (int i = random.nextInt(3); i > 0; i--) policy = policy.ingress(rule());
        for (int i = random.nextInt(3); i > 0; i--) policy = policy.egress(rule());
        return policy;
    }

    Rule rule() {
        var peers = IntStream.range(0, random.nextInt(3)).mapToObj(_ -> peer()).toList();
        var ports = IntStream.range(0, random.nextInt(3)).mapToObj(_ -> pick(PORTS)).toArray(String[]::new);
        return Written.anyOf(peers, ports);
    }

    private Peer peer() {
        return switch (random.nextInt(4)) {
            case 0 -> Written.pods(pick(SELECTORS));
            case 1 -> Written.namespaces(pick(NAMESPACE_SELECTORS));
            case 2 -> Written.podsOf(pick(NAMESPACE_SELECTORS), pick(SELECTORS));
            default -> block();
        };
    }

    private Peer block() {
        var cidr = pick(CIDRS);
        return cidr.equals("0.0.0.0/0") && chance(2) ? Written.block(cidr, "10.42.0.2/31", "203.0.113.0/24") : Written.block(cidr);
    }

    /// Every source to every destination on a few ports, over both families.
    static List<Flow> everyFlow(Cast cast) {
        var pods = cast.state().pods().keySet().stream().<Endpoint>map(Endpoint.Pod::new).toList();
        var machines = List.of(Endpoint.parse("node:node-1"), Endpoint.parse("node:node-2"), Endpoint.parse("host:out"),
            Endpoint.parse("host:away"));
        var sources = new ArrayList<>(pods);
        sources.addAll(machines);
        var destinations = new ArrayList<>(sources);
        cast.state().services().keySet().forEach(s -> destinations.add(new Endpoint.Service(s)));
        var flows = new ArrayList<Flow>();
        for (var source : sources)
            for (var destination : destinations)
                for (var port : List.of(new Port(Protocol.TCP, 80), new Port(Protocol.TCP, 81), new Port(Protocol.UDP, 80)))
                    for (var family : Family.values()) flows.add(new Flow(source, destination, port, family));
        for (var pod : pods) flows.add(new Flow(pod, new Endpoint.KubernetesApi(), new Port(Protocol.TCP, 443), Family.IPV4));
        for (var source : sources) flows.add(new Flow(source, machines.getFirst(), new Port(Protocol.UDP, 30000), Family.IPV4));
        return flows;
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private String one(String a, String b) {
        return chance(4) ? b : a;
    }

    private String node() {
        return chance(2) ? "node-1" : "node-2";
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }
}
