package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.cluster.embedded.nft.Link;
import dev.lockdown.cluster.embedded.nft.Table;
import dev.lockdown.cluster.embedded.nft.Table.Chain;
import dev.lockdown.cluster.embedded.nft.Table.Lookup;
import dev.lockdown.state.Direction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A node's table of isolated pods in the making.
final class NodeDraft {
    private final String table;
    private final Map<String, Lookup> lookups = new HashMap<>();
    private final Map<String, Chain> chains = new HashMap<>();
    private final Map<String, String> egress = new HashMap<>();
    private final Map<String, String> ingress = new HashMap<>();

    NodeDraft(String table, Hooks hooks) {
        this.table = table;
        chains.put("forward", new Chain("type filter hook forward priority 0; policy accept;", hooks.forward()));
        chains.put("input", new Chain("type filter hook input priority 0; policy accept;", hooks.input()));
        chains.put("output", new Chain("type filter hook output priority 0; policy accept;", hooks.output()));
    }

    /// @param name of the pod's chain, and of its denials in the log
    /// @param denied what happens to a packet that no rule allows
    void isolate(Direction direction, Link link, String name, SharedSets.Entry allowed, List<String> denied) {
        var log = List.of("log prefix \"" + name + "\" group " + Firewall.LOG_GROUP + " snaplen 64");
        chains.put(name, Chain.of(Stream.of(allowed.rules(), log, denied).flatMap(List::stream).toList()));
        lookups.putAll(allowed.lookups());
        (direction == Direction.INGRESS ? ingress : egress).put('"' + link.hostInterface() + '"', "jump " + name);
    }

    Table build() {
        lookups.put("egress", new Lookup("ifname : verdict", egress));
        lookups.put("ingress", new Lookup("ifname : verdict", ingress));
        return new Table(table, lookups, chains);
    }
}
