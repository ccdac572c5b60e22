package dev.lockdown.rules;

import dev.lockdown.flow.NamespacedName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A rule of a chain.
///
/// @param text as its tool wrote it, without the chain's name
/// @param target what is done with a packet that meets all conditions: `ACCEPT`, the name of another chain; empty where nothing is
/// @param mark that is set where the target is `MARK`; null where it is not understood
/// @param policy of which a comment says that the rule is, by the cluster's own names; null where none says it
record Rule(Chain chain, String text, List<Match> matches, String target, @Nullable Mark mark,
        @Nullable NamespacedName policy) {
    Rule {
        matches = List.copyOf(matches);
    }

    /// @param table with the tool that has it, since two firewalls of a machine may have tables and chains of the same names:
    ///        `filter (iptables-nft)`
    record Chain(String table, String name) {
        Chain inTable(String other) {
            return new Chain(other, name);
        }

        Chain other(String chain) {
            return new Chain(table, chain);
        }
    }

    /// @param value of the bits that the mask has
    record Mark(int value, int mask) {}

    Rule of(@Nullable NamespacedName owner) {
        return new Rule(chain, text, matches, target, mark, owner);
    }

    Truth matches(Packet packet, Map<String, AddressSet> sets) {
        return matches.stream().map(m -> m.of(packet, sets)).reduce(Truth.YES, Truth::and);
    }

    /// Whether it speaks of the packet's ends and not of everybody: by an address alone, an interface, or a set that has one of them.
    boolean names(Packet packet, Map<String, AddressSet> sets) {
        return matches.stream().anyMatch(match -> switch (match) {
            case Match.Address address -> !address.negated() && address.isOne() && address.of(packet, sets) == Truth.YES;
            case Match.InSet set -> !set.negated() && set.of(packet, sets) == Truth.YES;
            case Match.Interface by -> by.names(packet);
            case Match.OfProtocol _, Match.Ports _, Match.State _, Match.Marked _, Match.Other _ -> false;
        });
    }

    /// Whether a packet that meets it has passed its policy: plugins mark it, return or accept.
    boolean admits() {
        return target.equals("ACCEPT") || target.equals("RETURN") || target.equals("MARK");
    }
}
