package dev.lockdown.rules;

import dev.lockdown.rules.AddressSet.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Reads what `ipset save` writes (ipset(8)).
final class IpsetDump {
    private static final int DEPTH = 3;

    private final Map<String, List<Member>> members = new LinkedHashMap<>();
    private final Map<String, List<String>> lists = new LinkedHashMap<>();

    private IpsetDump() {}

    static void read(String text, Firewall.Builder into) {
        var dump = new IpsetDump();
        text.lines().map(Words::of).forEach(dump::line);
        dump.members.keySet().forEach(set -> into.set(set, new AddressSet(set, dump.all(set, DEPTH).toList())));
    }

    private void line(List<String> words) {
        if (words.size() < 3) return;
        var set = words.get(1);
        if (words.getFirst().equals("create")) {
            members.put(set, new ArrayList<>());
            if (words.get(2).equals("list:set")) lists.put(set, new ArrayList<>());
        } else if (words.getFirst().equals("add") && members.containsKey(set)) {
            var member = lists.containsKey(set) ? null : Member.parse(words.get(2), words.contains("nomatch"));
            if (member != null) members.get(set).add(member);
            if (lists.containsKey(set)) lists.get(set).add(words.get(2));
        }
    }

    /// A list of sets has the members of all of them.
    private Stream<Member> all(String set, int depth) {
        var own = members.getOrDefault(set, List.of()).stream();
        return depth == 0 ? own
            : Stream.concat(own, lists.getOrDefault(set, List.of()).stream().flatMap(inner -> all(inner, depth - 1)));
    }
}
