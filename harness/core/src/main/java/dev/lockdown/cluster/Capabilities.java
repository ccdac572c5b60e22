package dev.lockdown.cluster;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Protocol;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a cluster can do: the only place that decides "skipped, because".
///
/// @param description one line for people: `embedded · 2 nodes · IPv4`
/// @param lacking protocols that it cannot carry, and why, with what would change it
/// @param families first the family of flows whose step names none
/// @param patience how long an expectation may take to come true after a change before it counts as failed
/// @param settling how long enforcement of a change may take to show on every node
/// @param namesDrops whether the data plane itself reports the packets that it drops
/// @param foreign whether somebody else's data plane enforces: what the API leaves open may go either way there, and a Service's backends
///        are taken by chance
/// @param knowsHosts whether the cluster's DNS knows the external hosts of a scenario
public record Capabilities(String description, List<String> nodes, List<Family> families, Map<Protocol, String> lacking, Duration patience,
        Duration settling, boolean namesDrops, boolean foreign,
        boolean knowsHosts) {
    public Capabilities {
        nodes = List.copyOf(nodes);
        families = List.copyOf(families);
        lacking = Map.copyOf(lacking);
    }

    /// Those that it can carry.
    public Set<Protocol> protocols() {
        var carried = EnumSet.allOf(Protocol.class);
        carried.removeAll(lacking.keySet());
        return carried;
    }

    /// The same, but for what it cannot carry.
    public Capabilities lacking(Map<Protocol, String> now) {
        return new Capabilities(description, nodes, families, now, patience, settling, namesDrops, foreign, knowsHosts);
    }
}
