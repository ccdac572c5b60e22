package dev.lockdown.cluster.embedded.proxy;

import dev.lockdown.cluster.embedded.nft.Table.Lookup;
import dev.lockdown.flow.Family;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What address translation looks up in one family, and the rules that do.
final class NatMaps {
    private static final String PORT = "meta l4proto . th dport";

    private static final String DROP =
        "log prefix \"%s\" group %s snaplen 64 drop".formatted(ServiceProxy.NO_LOCAL_ENDPOINT, ServiceProxy.LOG_GROUP);

    private final boolean v6;
    private final Map<String, String> services = new HashMap<>();
    private final Map<String, String> nodePorts = new HashMap<>();
    private final Map<String, String> refused = new HashMap<>();
    private final Map<String, String> refusedNodePorts = new HashMap<>();
    private final Map<String, String> dropped = new HashMap<>();
    private final Map<String, String> droppedNodePorts = new HashMap<>();
    private final Map<String, String> hairpins = new HashMap<>();

    NatMaps(Family family) {
        v6 = family == Family.IPV6;
    }

    /// @param balancerPort a load balancer's address, and the port there; empty where there is none
    /// @param nodePort empty where there is none
    record Front(String clusterPort, String balancerPort, String nodePort) {
        boolean isOutside() {
            return !balancerPort.isEmpty() || !nodePort.isEmpty();
        }
    }

    void serve(Front front, int chain) {
        services.put(front.clusterPort, "goto s" + chain);
        put(services, front.balancerPort, "goto n" + chain);
        put(nodePorts, front.nodePort, "goto n" + chain);
    }

    /// What no chain has taken from there to a backend is dropped.
    void drop(Front front) {
        put(dropped, front.balancerPort, "");
        put(droppedNodePorts, front.nodePort, "");
    }

    private static void put(Map<String, String> lookup, String key, String value) {
        if (!key.isEmpty()) lookup.put(key, value);
    }

    /// A Service's node port keeps the number that a container wants as well.
    void forward(String nodePort, String chain) {
        nodePorts.putIfAbsent(nodePort, "goto " + chain);
    }

    void refuse(Front front) {
        refused.put(front.clusterPort, "");
        put(refused, front.balancerPort, "");
        put(refusedNodePorts, front.nodePort, "");
    }

    void hairpin(String pod) {
        hairpins.put(pod + " . " + pod, "");
    }

    List<String> translate() {
        return List.of("%s daddr . %s vmap @%s".formatted(ip(), PORT, name("services")),
            ownAddress() + PORT + " vmap @" + name("nodeports"));
    }

    List<String> masqueradeHairpins() {
        return List.of("ct status dnat %s saddr . %s daddr @%s masquerade".formatted(ip(), ip(), name("hairpins")));
    }

    List<String> refuseService() {
        return List.of("%s daddr . %s @%s %s".formatted(ip(), PORT, name("refused"), reject()));
    }

    List<String> refuseNodePort() {
        return List.of(ownAddress() + PORT + " @" + name("refusednodeports") + " " + reject());
    }

    List<String> dropService() {
        return List.of("%s daddr . %s @%s %s".formatted(ip(), PORT, name("dropped"), DROP));
    }

    List<String> dropNodePort() {
        return List.of(ownAddress() + PORT + " @" + name("droppednodeports") + " " + DROP);
    }

    void into(Map<String, Lookup> lookups) {
        var address = v6 ? "ipv6_addr" : "ipv4_addr";
        var port = "inet_proto . inet_service";
        lookups.put(name("services"), new Lookup(address + " . " + port + " : verdict", services));
        lookups.put(name("nodeports"), new Lookup(port + " : verdict", nodePorts));
        lookups.put(name("refused"), new Lookup(address + " . " + port, refused));
        lookups.put(name("refusednodeports"), new Lookup(port, refusedNodePorts));
        lookups.put(name("dropped"), new Lookup(address + " . " + port, dropped));
        lookups.put(name("droppednodeports"), new Lookup(port, droppedNodePorts));
        lookups.put(name("hairpins"), new Lookup(address + " . " + address, hairpins));
    }

    private String ip() {
        return v6 ? "ip6" : "ip";
    }

    private String name(String lookup) {
        return lookup + (v6 ? "6" : "4");
    }

    /// Any address of the node but its loopback's, as kube-proxy's `--nodeport-addresses` without a value.
    private String ownAddress() {
        return "%s daddr != %s fib daddr type local ".formatted(ip(), v6 ? "::1" : "127.0.0.0/8");
    }

    private String reject() {
        return v6 ? "reject with icmpv6 port-unreachable" : "reject with icmp port-unreachable";
    }
}
