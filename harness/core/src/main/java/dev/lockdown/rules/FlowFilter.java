package dev.lockdown.rules;

import dev.lockdown.rules.Rule.Chain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Keeps of a firewall what a packet can come through and what speaks of it: rules that name one of its ends, and whole the chains to which
/// these lead. Rules that cannot meet the packet are not followed.
final class FlowFilter {
    private final Firewall firewall;
    private final Packet packet;
    private final Set<Rule> kept = new LinkedHashSet<>();
    private final Set<Visit> visited = new HashSet<>();

    /// @param inside whether a rule that names an end led there
    private record Visit(Chain chain, boolean inside) {}

    private FlowFilter(Firewall firewall, Packet packet) {
        this.firewall = firewall;
        this.packet = packet;
    }

    /// Give the rules in the order in which the packet comes to them.
    static List<Rule> of(Firewall firewall, Packet packet) {
        var filter = new FlowFilter(firewall, packet);
        firewall.hooks().forEach((chain, hook) -> {
            if (filter.comesTo(hook)) filter.visit(chain, false);
        });
        return inChains(filter.kept);
    }

    /// A chain in one piece, though its rules were kept on several ways to it.
    private static List<Rule> inChains(Set<Rule> kept) {
        var ordered = new ArrayList<Rule>();
        kept.stream().map(Rule::chain).distinct()
            .forEach(chain -> kept.stream().filter(r -> r.chain().equals(chain)).forEach(ordered::add));
        return ordered;
    }

    /// What goes from pod to pod is forwarded; only a node's own packets are put in or out.
    private boolean comesTo(String hook) {
        return switch (hook) {
            case "input" -> packet.toHost();
            case "output" -> packet.ofHost();
            case "forward" -> !packet.ofHost() || !packet.toHost();
            default -> true;
        };
    }

    private void visit(Chain chain, boolean inside) {
        if (!visited.add(new Visit(chain, inside))) return;
        for (var rule : firewall.rules(chain)) {
            boolean names = rule.names(packet, firewall.sets());
            boolean possible = rule.matches(packet, firewall.sets()) != Truth.NO;
            if (inside || names && possible) kept.add(rule);
            if (possible && firewall.chains().containsKey(chain.other(rule.target()))) visit(chain.other(rule.target()), inside || names);
        }
    }
}
