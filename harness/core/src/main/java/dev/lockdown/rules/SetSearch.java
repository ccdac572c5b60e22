package dev.lockdown.rules;

import dev.lockdown.flow.Family;
import dev.lockdown.rules.SetContents.End;
import dev.lockdown.verdict.NodeRules.SetSeen;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/// Puts the sets that the rules of a flow ask beside what the oracle expects in them.
///
/// @param facts knows with what to compare
record SetSearch(FactSearch facts) {
    private static final int SHOWN = 5;

    List<SetSeen> all() {
        var seen = new LinkedHashMap<String, SetSeen>();
        for (var rule : facts.kept())
            for (var match : rule.matches())
                if (match instanceof Match.InSet in && facts.firewall().sets().get(in.set()) instanceof AddressSet set)
                    seen.computeIfAbsent(in.set(), _ -> seen(rule, in, set));
        return List.copyOf(seen.values());
    }

    private SetSeen seen(Rule rule, Match.InSet match, AddressSet set) {
        var packet = facts.packet();
        var missing = new ArrayList<String>();
        var unexpected = new ArrayList<String>();
        facts.contents(rule, match).ifPresent(contents -> {
            contents.wanted().stream().filter(e -> isOfFamily(e.address()) && !set.has(e)).map(End::toString).forEach(missing::add);
            set.members().stream().filter(AddressSet.Member::isOne).map(AddressSet.Member::end)
                .filter(e -> !contents.admits(e) && facts.expected().isKnown(e.address())).map(End::toString).forEach(unexpected::add);
        });
        return new SetSeen(set.name(), rule.policy(), set.members().size(), set.has(packet.from(), packet.port()),
            set.has(packet.to(), packet.port()), first(missing.stream()), first(unexpected.stream()));
    }

    private boolean isOfFamily(InetAddress address) {
        return Family.of(address) == facts.packet().family();
    }

    private static List<String> first(Stream<String> addresses) {
        return addresses.distinct().limit(SHOWN).toList();
    }
}
