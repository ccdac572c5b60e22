package dev.lockdown.cluster.embedded.proxy;

import dev.lockdown.cluster.embedded.nft.Table.Lookup;
import dev.lockdown.flow.Family;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What address translation looks up in one family, and the rules that do.
final class NatMaps {
    private static final String PORT = "meta l4proto . th dport";

    private final boolean v6;
    private final Map<String, String> services = new HashMap<>();
    private final Map<String, String> nodePorts = new HashMap<>();
    private final Map<String, String> refused = new HashMap<>();
    private final Map<String, String> refusedNodePorts = new HashMap<>();
    private final Map<String, String> hairpins = new HashMap<>();

    NatMaps(Family family) {
        v6 = family == Family.IPV6;
    }

    void serve(String clusterPort, String nodePort, int chain) {
        services.put(clusterPort, "goto s" + chain);
        if (!nodePort.isEmpty()) nodePorts.put(nodePort, "goto n" + chain);
    }

    /// A Service's node port keeps the number that a container wants as well.
    void forward(String nodePort, String chain) {
        nodePorts.putIfAbsent(nodePort, "goto " + chain);
    }

    void refuse(String clusterPort, String nodePort) {
        refused.put(clusterPort, "");
        if (!nodePort.isEmpty()) refusedNodePorts.put(nodePort, "");
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

    void into(Map<String, Lookup> lookups) {
        var address = v6 ? "ipv6_addr" : "ipv4_addr";
        var port = "inet_proto . inet_service";
        lookups.put(name("services"), new Lookup(address + " . " + port + " : verdict", services));
        lookups.put(name("nodeports"), new Lookup(port + " : verdict", nodePorts));
        lookups.put(name("refused"), new Lookup(address + " . " + port, refused));
        lookups.put(name("refusednodeports"), new Lookup(port, refusedNodePorts));
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
