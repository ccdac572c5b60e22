package dev.lockdown.verdict;

import dev.lockdown.flow.NamespacedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a node of a flow's ends had programmed about it while it was seen to differ.
///
/// @param plugin the network plugin of the cluster, or empty where it is not known
/// @param facts where it is not as the oracle expects, for each end that is on this node
/// @param chains through which the flow can come
/// @param sets that the rules ask
/// @param unread what could not be read, and why, for people
/// @param file in the bundle of the scenario that has all of it
public record NodeRules(String node, String plugin, List<RuleFact> facts, List<Chain> chains, List<SetSeen> sets, List<String> unread,
        String file) {
    public NodeRules {
        facts = List.copyOf(facts);
        chains = List.copyOf(chains);
        sets = List.copyOf(sets);
        unread = List.copyOf(unread);
    }

    /// @param table with the tool that wrote it: `filter (iptables-nft)`
    /// @param rules as the tool wrote them
    public record Chain(String table, String name, List<String> rules) {
        public Chain {
            rules = List.copyOf(rules);
        }
    }

    /// A set of addresses beside what the oracle expects in it.
    ///
    /// @param policy whose rule asks it; null where no comment says it
    /// @param size of how many members
    /// @param source whether the flow's source is in it
    /// @param destination whether its destination is
    /// @param missing the first of the addresses that the oracle expects in it and that are not
    /// @param unexpected the first of those that are in it and that the oracle does not expect
    public record SetSeen(String name, @Nullable NamespacedName policy, int size, boolean source, boolean destination,
            List<String> missing, List<String> unexpected) {
        public SetSeen {
            missing = List.copyOf(missing);
            unexpected = List.copyOf(unexpected);
        }
    }
}
