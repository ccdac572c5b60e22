package dev.lockdown.cluster.kubernetes.system;

import dev.lockdown.cluster.DifferingFlow;
import dev.lockdown.cluster.NodeDump.Kind;
import dev.lockdown.flow.Family;
import java.util.ArrayList;
import java.util.List;

/// A program that tells what a node has programmed.
///
/// @param tool by which people know its output
/// @param commands of which the first that can be run tells it
/// @param optional whether it is no news that it cannot be run
record RuleReading(Kind kind, String tool, List<List<String>> commands, boolean optional) {
    /// More pairs of addresses hardly say more.
    private static final int TRACKED = 3;

    RuleReading {
        commands = List.copyOf(commands);
    }

    /// What is asked of the agent of a plugin that programs the kernel's firewall, or of Cilium's.
    static List<RuleReading> of(String container, List<DifferingFlow> flows) {
        return container.equals("cilium-agent") ? cilium() : firewall(flows);
    }

    private static List<RuleReading> firewall(List<DifferingFlow> flows) {
        boolean six = flows.stream().anyMatch(f -> Family.of(f.to()) == Family.IPV6);
        boolean four = flows.stream().anyMatch(f -> Family.of(f.to()) == Family.IPV4);
        var all = new ArrayList<RuleReading>();
        if (four) all.addAll(tables("iptables"));
        if (six) all.addAll(tables("ip6tables"));
        all.add(one(Kind.IPSET, "ipset", "ipset", "save"));
        all.add(one(Kind.NFTABLES, "nft", "nft", "list", "ruleset"));
        if (four) all.add(one(Kind.ROUTES, "ip route", "ip", "route"));
        if (six) all.add(one(Kind.ROUTES, "ip -6 route", "ip", "-6", "route"));
        flows.stream().limit(TRACKED).forEach(f -> {
            var from = f.from().getHostAddress();
            var to = f.to().getHostAddress();
            all.add(one(Kind.CONNTRACK, "conntrack of %s to %s".formatted(from, to), "conntrack", "-L", "-s", from, "-d", to));
        });
        return all;
    }

    /// A machine may have rules by both backends of iptables at once, of which only one may be in use.
    private static List<RuleReading> tables(String program) {
        return List.of(
            new RuleReading(Kind.IPTABLES, program, List.of(List.of(program + "-nft-save"), List.of(program + "-save")), false),
            new RuleReading(Kind.IPTABLES, program + "-legacy", List.of(List.of(program + "-legacy-save")), true));
    }

    private static RuleReading one(Kind kind, String tool, String... command) {
        return new RuleReading(kind, tool, List.of(List.of(command)), false);
    }

    private static List<RuleReading> cilium() {
        return List.of(cilium("policy", "get"), cilium("endpoint", "list"), cilium("bpf", "policy", "get", "--all"));
    }

    /// Older ones have no program of its own for people who search for faults.
    private static RuleReading cilium(String... words) {
        var commands = new ArrayList<List<String>>();
        for (var program : List.of("cilium-dbg", "cilium")) {
            var command = new ArrayList<>(List.of(program));
            command.addAll(List.of(words));
            commands.add(command);
        }
        return new RuleReading(Kind.POLICIES, "cilium-dbg " + String.join(" ", words), commands, false);
    }
}
