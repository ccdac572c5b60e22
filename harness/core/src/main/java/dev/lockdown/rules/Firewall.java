package dev.lockdown.rules;

import dev.lockdown.rules.Rule.Chain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The firewalls of a node, as its tools wrote them.
///
/// @param chains the rules of each, in their order; a chain without rules has none
/// @param hooks the chains in which the kernel begins, and where: `forward`
/// @param sets by the names that rules have for them
record Firewall(Map<Chain, List<Rule>> chains, Map<Chain, String> hooks, Map<String, AddressSet> sets) {

    /// Puts it together from several dumps.
    static final class Builder {
        private final Map<Chain, List<Rule>> chains = new LinkedHashMap<>();
        private final Map<Chain, String> hooks = new LinkedHashMap<>();
        private final Map<String, AddressSet> sets = new HashMap<>();

        void chain(Chain chain) {
            chains.computeIfAbsent(chain, _ -> new ArrayList<>());
        }

        void hook(Chain chain, String hook) {
            chain(chain);
            hooks.put(chain, hook.toLowerCase(Locale.ROOT));
        }

        void rule(Rule rule) {
            chains.computeIfAbsent(rule.chain(), _ -> new ArrayList<>()).add(rule);
        }

        void set(String name, AddressSet set) {
            sets.put(name, set);
        }

        /// Tables that iptables keeps in nftables are in its own dump, better told: nft says nothing of what it matches by modules of xtables.
        private void dropDoubles() {
            var doubled = chains.keySet().stream().filter(c -> chains.containsKey(ofIptables(c))).map(Chain::table).distinct().toList();
            chains.keySet().removeIf(c -> doubled.contains(c.table()));
            hooks.keySet().removeIf(c -> doubled.contains(c.table()));
        }

        /// `ip filter (nft)` is `filter (iptables)` there.
        private static Chain ofIptables(Chain chain) {
            var table =
                chain.table().replaceFirst("^ip (.*) \\(nft\\)$", "$1 (iptables)").replaceFirst("^ip6 (.*) \\(nft\\)$", "$1 (ip6tables)");
            return table.equals(chain.table()) ? new Chain("", "") : chain.inTable(table);
        }

        Firewall build() {
            dropDoubles();
            chains.replaceAll((_, rules) -> owned(rules));
            return new Firewall(chains, hooks, sets);
        }

        /// Calico says once for a whole chain of which policy it is.
        private static List<Rule> owned(List<Rule> rules) {
            var owner = rules.stream().filter(r -> r.policy() != null && PolicyComments.isOfChain(r.text())).findFirst();
            return owner.isEmpty() ? rules : rules.stream().map(r -> r.policy() == null ? r.of(owner.get().policy()) : r).toList();
        }
    }

    List<Rule> rules(Chain chain) {
        return chains.getOrDefault(chain, List.of());
    }
}
