package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.Rulebook.Subject;
import dev.lockdown.cluster.embedded.Table.Chain;
import dev.lockdown.cluster.embedded.Table.Lookup;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Enforces NetworkPolicy: keeps the nftables rules of every node in step with the cluster's state.
///
/// A pod that a policy isolates has a chain of its own on its node for each direction, found by its interface. The chain asks
/// sets that all pods under the same policies share, then reports the packet under its own name and denies it.
/// Used by one thread at a time, but for [#rule].
final class Firewall {
    private static final String TABLE = "netpol";

    private final Map<String, Ruleset> nodes;
    private final Links links;
    private final Denial denial;
    private final Fate fate;
    private final Defects defects;
    private final RuleNames names = new RuleNames();
    private final Map<String, Table> sent = new HashMap<>();
    private Pool pool = Pool.empty();
    private @Nullable View enforced;

    Firewall(Map<String, Ruleset> nodes, Links links, Denial denial, Fate fate, Defects defects) {
        this.nodes = new TreeMap<>(nodes);
        this.links = links;
        this.denial = denial;
        this.fate = fate;
        this.defects = defects;
    }

    /// Enforce the policies of a state. When this returns, they are enforced on every node.
    ///
    /// Sends each node what changed for it, in one transaction: no packet that is allowed before and after is lost, and none
    /// that is denied before and after passes. Pods without a known address are nobody's peer yet; pods without a link are not
    /// isolated yet. After a failure the same update may be tried again.
    void update(ClusterState state, Addresses addresses) {
        var view = defects.view(View.of(state, addresses, links));
        if (view.equals(enforced)) return;
        enforced = null;
        var rulebook = Rulebook.of(view);
        pool = pool.follow(rulebook.allowances());
        var tables = tables(view, rulebook);
        nodes.forEach((node, ruleset) -> send(node, ruleset, tables.get(node).build()));
        enforced = view;
    }

    /// Give the rule that reported a packet, from the prefix of its report: `ingress of shop/api`.
    String rule(String prefix) {
        return names.words(prefix);
    }

    private void send(String node, Ruleset ruleset, Table table) {
        var changes = table.changesFrom(sent.getOrDefault(node, Table.empty(TABLE)));
        if (!changes.isEmpty()) ruleset.run(changes);
        sent.put(node, table);
    }

    private Map<String, Draft> tables(View view, Rulebook rulebook) {
        var tables = new HashMap<String, Draft>();
        nodes.keySet().forEach(node -> tables.put(node, new Draft(defects.hooks(Hooks.of(fate), node, view, nodes.keySet()))));
        rulebook.grants().forEach((subject, grant) -> {
            var link = view.links().get(subject.pod());
            if (link != null && tables.containsKey(link.node())) tables.get(link.node()).isolate(subject, link, pool.get(grant));
        });
        return tables;
    }

    /// A node's table in the making.
    private final class Draft {
        private final Map<String, Lookup> lookups = new HashMap<>();
        private final Map<String, Chain> chains = new HashMap<>();
        private final Map<String, String> egress = new HashMap<>();
        private final Map<String, String> ingress = new HashMap<>();

        Draft(Hooks hooks) {
            chains.put("forward", new Chain("type filter hook forward priority 0; policy accept;", hooks.forward()));
            chains.put("input", new Chain("type filter hook input priority 0; policy accept;", hooks.input()));
            chains.put("output", new Chain("type filter hook output priority 0; policy accept;", hooks.output()));
        }

        void isolate(Subject subject, Link link, Pool.Entry allowed) {
            var name = names.name(subject);
            var rules = new ArrayList<>(allowed.rules());
            rules.add("log prefix \"%s\" group 5 snaplen 64".formatted(name));
            rules.addAll(denial.rules());
            chains.put(name, Chain.of(List.copyOf(rules)));
            lookups.putAll(allowed.lookups());
            (subject.direction() == Direction.INGRESS ? ingress : egress).put('"' + link.hostInterface() + '"', "jump " + name);
        }

        Table build() {
            lookups.put("egress", new Lookup("ifname : verdict", egress));
            lookups.put("ingress", new Lookup("ifname : verdict", ingress));
            return new Table(TABLE, lookups, chains);
        }
    }
}
