package dev.lockdown.cluster.embedded.defect;

import dev.lockdown.cluster.Established;
import dev.lockdown.cluster.embedded.netpol.Hooks;
import dev.lockdown.cluster.embedded.netpol.View;
import dev.lockdown.cluster.embedded.nft.Link;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The defects of a data plane that sends packets past its rules, or into the wrong ones.
final class Misrouting {

    private Misrouting() {}

    static Hooks of(Set<Defect> present, Hooks right, String node, View view, Collection<String> nodes) {
        if (present.contains(Defect.ONE_NODE_ENFORCES_NOTHING) && node.equals(Collections.max(nodes)))
            return new Hooks(List.of(), List.of(), List.of());
        var first = new ArrayList<String>();
        if (present.contains(Defect.UDP_REPLIES_DROPPED)) first.add("meta l4proto 17 ct direction reply drop");
        if (present.contains(Defect.REPLIES_WITHOUT_STATE)) first.add("th sport 1-32767 accept");
        if (present.contains(Defect.IPV6_UNFILTERED)) first.add("meta nfproto ipv6 accept");
        if (present.contains(Defect.SAME_NODE_BYPASSES_POLICY)) first.addAll(bypass(interfaces(node, view.links().values())));
        var output =
            present.contains(Defect.OWN_NODE_DENIED) ? Hooks.joined(Hooks.accepted(Established.SURVIVES), List.of(Hooks.JUDGE_INGRESS))
                : right.output();
        return new Hooks(Hooks.joined(first, egress(present, right.forward())), Hooks.joined(first, egress(present, right.input())),
            output);
    }

    static List<String> masqueradeAbroad(String node, Collection<Link> links) {
        var local = interfaces(node, links);
        return local.isEmpty() ? List.of() : List.of("iifname " + local + " oifname != " + local + " masquerade");
    }

    private static List<String> egress(Set<Defect> present, List<String> rules) {
        if (!present.contains(Defect.CLUSTER_IP_BYPASSES_EGRESS)) return rules;
        return rules.stream().map(rule -> rule.equals(Hooks.JUDGE_EGRESS) ? "ct status & dnat == 0 " + rule : rule).toList();
    }

    private static List<String> bypass(String local) {
        return local.isEmpty() ? List.of() : List.of("iifname " + local + " oifname " + local + " accept");
    }

    /// The pods' interfaces on a node as an nftables set, or empty where there are none.
    private static String interfaces(String node, Collection<Link> links) {
        var names = links.stream().filter(link -> link.node().equals(node)).map(link -> '"' + link.hostInterface() + '"').sorted()
            .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : "{ " + names + " }";
    }
}
