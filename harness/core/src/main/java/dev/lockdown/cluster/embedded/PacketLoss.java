package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.nft.Ruleset;
import dev.lockdown.disruption.Disruption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Loses packets in the nodes' namespaces, by tables of its own beside those that enforce policies.
///
/// Whose packets are lost stands in a set whose elements the kernel itself forgets when the time is over: what this process does in the
/// meantime, or fails to do, makes no difference.
final class PacketLoss {
    private final Map<String, Ruleset> nodes;
    private final AtomicInteger numbers = new AtomicInteger();

    PacketLoss(Map<String, Ruleset> nodes) {
        this.nodes = Map.copyOf(nodes);
    }

    /// Lose what comes in by interfaces and what goes out by them.
    ///
    /// @param interfaces of each node
    /// @param percent of the packets, from 1 to 100
    Disruption.Ongoing at(Map<String, List<String>> interfaces, int percent, Duration lasting) {
        var chance = percent == 100 ? "" : "numgen random mod 100 < %s ".formatted(Integer.toString(percent));
        var rules = """
            chain in { type filter hook prerouting priority -310; policy accept; iifname @lost %sdrop; }
            chain out { type filter hook postrouting priority 310; policy accept; oifname @lost %sdrop; }
            """.formatted(chance, chance);
        return begin("ifname", interfaces, rules, lasting);
    }

    /// Lose what is sent to a TCP port of a node, whether from there or from elsewhere.
    Disruption.Ongoing towards(String node, int port, Duration lasting) {
        return begin("inet_service", Map.of(node, List.of(Integer.toString(port))),
            "chain in { type filter hook input priority -310; policy accept; tcp dport @lost drop; }\n", lasting);
    }

    /// Lose what leaves a node for a TCP port, and what arrives for it there.
    Disruption.Ongoing from(String node, int port, Duration lasting) {
        // Behind the translation of Services, so that the port is the server's.
        return begin("inet_service", Map.of(node, List.of(Integer.toString(port))), """
            chain in { type filter hook input priority -310; policy accept; tcp dport @lost drop; }
            chain out { type filter hook postrouting priority 310; policy accept; tcp dport @lost drop; }
            """, lasting);
    }

    private Disruption.Ongoing begin(String type, Map<String, List<String>> elements, String chains, Duration lasting) {
        var table = "disruption_" + numbers.incrementAndGet();
        var begun = new ArrayList<Ruleset>();
        var closed = new AtomicBoolean();
        Disruption.Ongoing ongoing = () -> {
            if (closed.getAndSet(true)) return;
            for (var node : begun) node.run("delete table inet %s\n".formatted(table));
        };
        try {
            elements.forEach((node, own) -> {
                var ruleset = Objects.requireNonNull(nodes.get(node));
                ruleset.run(script(table, type, own, chains, lasting));
                begun.add(ruleset);
            });
            return ongoing;
        } catch (RuntimeException e) {
            try (ongoing) {
                throw e;
            }
        }
    }

    private static String script(String table, String type, List<String> elements, String chains, Duration lasting) {
        var timed =
            elements.stream().map(e -> (type.equals("ifname") ? "\"" + e + "\"" : e) + " timeout " + Math.max(1, lasting.toMillis()) + "ms")
                .toList();
        return """
            table inet %s {
            set lost { type %s; flags timeout; elements = { %s } }
            %s}
            """.formatted(table, type, String.join(", ", timed), chains);
    }
}
