package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.cluster.embedded.nft.AddressRange;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.Rule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The far ends that a rule speaks of.
///
/// @param everybody whether it speaks of all; then the others are empty
record Peers(boolean everybody, Set<PodAddresses> members, List<AddressRange> ranges) {

    static Peers of(Rule rule, String namespace, SelectorIndex selection) {
        var members = new LinkedHashSet<PodAddresses>();
        for (var peer : rule.peers()) if (peer instanceof Peer.Pods pods) members.addAll(selection.peers(namespace, pods));
        var ranges = rule.peers().stream().flatMap(p -> p instanceof Peer.IpBlock b ? AddressRange.of(b).stream() : Stream.of()).toList();
        return new Peers(rule.peers().isEmpty(), members, ranges);
    }

    /// The addresses of the members.
    List<PodAddresses.Place> places() {
        return members.stream().flatMap(m -> m.places().stream()).toList();
    }

    boolean include(PodAddresses member, PodAddresses.Place place) {
        return everybody || members.contains(member) || ranges.stream().anyMatch(r -> r.contains(place.address()));
    }
}
