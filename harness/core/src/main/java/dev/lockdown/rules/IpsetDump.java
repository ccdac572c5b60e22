package dev.lockdown.rules;

import dev.lockdown.rules.AddressSet.Member;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Reads what `ipset save` writes (ipset(8)). A set with members that are neither addresses nor addresses with ports is not known.
final class IpsetDump {
    private static final int DEPTH = 3;

    private final Map<String, List<Member>> members = new LinkedHashMap<>();
    private final Map<String, List<String>> lists = new LinkedHashMap<>();
    private final Set<String> withPorts = new HashSet<>();
    private final Set<String> unknown = new HashSet<>();

    private IpsetDump() {}

    static void read(String text, Firewall.Builder into) {
        var dump = new IpsetDump();
        text.lines().map(Words::of).forEach(dump::line);
        for (var set : dump.members.keySet())
            if (dump.inner(set, DEPTH).noneMatch(dump.unknown::contains))
                into.set(set,
                    new AddressSet(set, dump.inner(set, DEPTH).anyMatch(dump.withPorts::contains), dump.all(set).toList()));
    }

    private void line(List<String> words) {
        if (words.size() < 3) return;
        var set = words.get(1);
        if (words.getFirst().equals("create")) {
            members.put(set, new ArrayList<>());
            if (words.get(2).equals("list:set")) lists.put(set, new ArrayList<>());
            if (words.get(2).endsWith(",port")) withPorts.add(set);
        } else if (words.getFirst().equals("add") && members.containsKey(set)) {
            var member = lists.containsKey(set) ? null : Member.parse(words.get(2), words.contains("nomatch"));
            if (lists.containsKey(set)) lists.get(set).add(words.get(2));
            else if (member == null) unknown.add(set);
            else members.get(set).add(member);
        }
    }

    /// A list of sets has the members of all of them.
    private Stream<Member> all(String set) {
        return inner(set, DEPTH).flatMap(s -> members.getOrDefault(s, List.of()).stream());
    }

    /// The set and, where it is a list of sets, those.
    private Stream<String> inner(String set, int depth) {
        return depth == 0 ? Stream.of(set)
            : Stream.concat(Stream.of(set), lists.getOrDefault(set, List.of()).stream().flatMap(s -> inner(s, depth - 1)));
    }
}
