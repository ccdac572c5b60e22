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

        Firewall build() {
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
