package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.cluster.Established;
import dev.lockdown.cluster.embedded.nft.Links;
import dev.lockdown.cluster.embedded.nft.Ruleset;
import dev.lockdown.cluster.embedded.nft.SetChanges;
import dev.lockdown.cluster.embedded.nft.Table;
import dev.lockdown.cluster.embedded.nft.Table.Lookup;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Enforces NetworkPolicy: keeps the nftables rules of every node in step with the cluster's state.
///
/// A pod that a policy isolates has a chain of its own on its node for each direction, found by its interface. The chain asks
/// sets that all pods under the same policies share, then reports the packet under its own name and denies it.
/// Used by one thread at a time, but for [#rule].
public final class Firewall {
    /// The NFLOG group to which denials are reported.
    public static final int LOG_GROUP = 5;

    private static final String TABLE = "netpol";

    private final Map<String, Ruleset> nodes;
    private final Links links;
    private final Denial denial;
    private final Established established;
    private final Distortion distortion;
    private final RuleNames names = new RuleNames();
    private final Map<String, Table> sent = new HashMap<>();
    private Map<String, Hooks> hooks = Map.of();
    private SharedSets sets = SharedSets.empty();
    private @Nullable CompiledPolicies compiled;
    private @Nullable View enforced;

    public Firewall(Map<String, Ruleset> nodes, Links links, Denial denial, Established established, Distortion distortion) {
        this.nodes = new TreeMap<>(nodes);
        this.links = links;
        this.denial = denial;
        this.established = established;
        this.distortion = distortion;
    }

    /// Enforce the policies of a state. When this returns, they are enforced on every node.
    ///
    /// Sends each node what changed for it, in one transaction: no packet that is allowed before and after is lost, and none
    /// that is denied before and after passes. Pods without a known address are nobody's peer yet; pods without a link are not
    /// isolated yet. After a failure the same update may be tried again.
    public void update(ClusterState state, Addresses addresses) {
        var view = distortion.view(View.of(state, addresses, links));
        if (view.equals(enforced)) return;
        var before = enforced;
        enforced = null;
        var hooksNow = hooks(view);
        if (before == null || !hooksNow.equals(hooks) || !changeElements(before, view)) {
            compiled = compiled == null ? CompiledPolicies.of(view) : compiled.next(view);
            sets = sets.follow(compiled.allowances());
            drafts(view, compiled, hooksNow).forEach((node, draft) -> send(node, draft.build()));
            hooks = hooksNow;
        }
        enforced = view;
    }

    /// Enforce what is no more than other elements in the sets of a few pods, at the cost of those and not of all pods.
    ///
    /// @return false, and nothing is done, where it is more
    private boolean changeElements(View before, View view) {
        var change = RuleChange.between(before, view);
        if (change == null || compiled == null) return false;
        var allowances = compiled.changed(change, view.policies());
        var next = allowances == null ? null : sets.withElements(allowances);
        if (allowances == null || next == null) return false;
        compiled = compiled.with(view.policies(), allowances);
        sets = next;
        var lookups = new HashMap<String, Lookup>();
        for (var grant : allowances.keySet()) lookups.putAll(next.get(grant).lookups());
        for (var node : nodes.keySet()) {
            var table = Objects.requireNonNull(sent.get(node));
            if (table.hasAny(lookups.keySet())) send(node, table.with(lookups));
        }
        return true;
    }

    /// Have a node lose its rules, as it does when it restarts. The next update makes them anew.
    public void lose(String node) {
        enforced = null;
        sent.remove(node);
        Objects.requireNonNull(nodes.get(node)).run(Table.loss(TABLE));
    }

    /// Tells whether a connection that stands would be denied if it began now.
    @FunctionalInterface
    public interface Denied {
        /// @param node whose kernel remembers the connection
        /// @param destination and port after any translation
        boolean test(String node, InetAddress source, InetAddress destination, Protocol protocol, int port);
    }

    /// What is denied by the policies that are enforced.
    public Denied denied() {
        return compiled == null || enforced == null ? (_, _, _, _, _) -> false : new DeniedConnections(enforced, compiled)::include;
    }

    private Map<String, Hooks> hooks(View view) {
        var now = new HashMap<String, Hooks>();
        for (var node : nodes.keySet()) now.put(node, distortion.hooks(Hooks.of(established), node, view, nodes.keySet()));
        return now;
    }

    /// Give the rule that reported a packet, from the prefix of its report: `ingress of shop/api`.
    public String rule(String prefix) {
        return names.words(prefix);
    }

    private void send(String node, Table table) {
        var ruleset = Objects.requireNonNull(nodes.get(node));
        var before = sent.getOrDefault(node, Table.empty(TABLE));
        var elements = SetChanges.between(before, table);
        if (elements == null || !elements.elements().isEmpty() && !ruleset.change(elements)) {
            var changes = table.changesFrom(before);
            if (!changes.isEmpty()) ruleset.run(changes);
        }
        sent.put(node, table);
    }

    private Map<String, NodeDraft> drafts(View view, CompiledPolicies compiled, Map<String, Hooks> hooks) {
        var drafts = new HashMap<String, NodeDraft>();
        var denied = denial.rules(established);
        hooks.forEach((node, own) -> drafts.put(node, new NodeDraft(TABLE, own)));
        compiled.grants().forEach((subject, grant) -> {
            var link = view.links().get(subject.pod());
            var draft = link == null ? null : drafts.get(link.node());
            if (link != null && draft != null) draft.isolate(subject.direction(), link, names.name(subject), sets.get(grant), denied);
        });
        return drafts;
    }
}
