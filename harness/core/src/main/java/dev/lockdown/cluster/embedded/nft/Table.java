package dev.lockdown.cluster.embedded.nft;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// One nftables table of the family `inet`, as data: what a node holds, or shall hold.
public record Table(String name, Map<String, Lookup> lookups, Map<String, Chain> chains) {
    public Table {
        lookups = new TreeMap<>(lookups);
        chains = new TreeMap<>(chains);
    }

    public static Table empty(String name) {
        return new Table(name, Map.of(), Map.of());
    }

    /// The script by which a table is lost, whether or not it is there.
    public static String loss(String name) {
        return "add table inet %s\ndelete table inet %s\n".formatted(name, name);
    }

    public boolean hasAny(Set<String> lookupNames) {
        return !Collections.disjoint(lookups.keySet(), lookupNames);
    }

    /// Give a table with other elements in some of its look-ups; what it does not have is left out.
    public Table with(Map<String, Lookup> others) {
        var all = new TreeMap<>(lookups);
        others.forEach(all::replace);
        return new Table(name, all, chains);
    }

    /// A named set, or a map where the type has a value: `ifname : verdict`.
    ///
    /// @param elements keys and their values; the values of a set are empty
    /// @param intervals whether a key may be a range. Such a lookup is replaced under another name and never changed: ranges that give
    ///     way to each other in one transaction are taken by some versions of the kernel and of libnftables only
    public record Lookup(String type, Map<String, String> elements, boolean intervals) {
        public Lookup(String type, Map<String, String> elements) {
            this(type, elements, false);
        }

        public static Lookup set(String type, Collection<String> keys) {
            return new Lookup(type, valueless(keys));
        }

        public static Lookup intervals(String type, Collection<String> ranges) {
            return new Lookup(type, valueless(ranges), true);
        }

        private static Map<String, String> valueless(Collection<String> keys) {
            var elements = new LinkedHashMap<String, String>();
            keys.forEach(key -> elements.put(key, ""));
            return elements;
        }

        private String kind() {
            return type.contains(" : ") ? "map" : "set";
        }

        private List<String> keysBeside(Lookup other) {
            return elements.keySet().stream().filter(key -> !Objects.equals(elements.get(key), other.elements.get(key))).toList();
        }

        private List<String> entriesBeside(Lookup other) {
            return keysBeside(other).stream().map(key -> value(key).isEmpty() ? key : key + " : " + value(key)).toList();
        }

        private String value(String key) {
            return elements.getOrDefault(key, "");
        }
    }

    /// @param hook where a base chain is hooked in, empty for an ordinary chain
    public record Chain(String hook, List<String> rules) {
        public static Chain of(List<String> rules) {
            return new Chain("", rules);
        }
    }

    /// Write the transaction that turns another version of this table into this one; empty if they are equal.
    ///
    /// A packet on its way sees either all old or all new rules of the chains it walks through, but set elements as they are
    /// at the moment of the look-up. Base chains stay: while one is replaced, packets pass unseen.
    public String changesFrom(Table before) {
        var script = new StringBuilder();
        before.chains.forEach((id, old) -> {
            var now = chains.get(id);
            if (now != null && !now.equals(old)) command(script, "flush chain", id, "");
        });
        before.lookups.forEach((id, old) -> {
            var now = lookups.get(id);
            if (now != null && now != old) elements(script, "delete element", id, old.keysBeside(now));
        });
        additions(script, before);
        before.chains.keySet().stream().filter(id -> !chains.containsKey(id)).forEach(id -> command(script, "delete chain", id, ""));
        before.lookups.forEach((id, old) -> {
            if (!lookups.containsKey(id)) command(script, "delete " + old.kind(), id, "");
        });
        return script.toString();
    }

    private void elements(StringBuilder script, String verb, String id, List<String> elements) {
        if (!elements.isEmpty()) command(script, verb, id, " { " + String.join(", ", elements) + " }");
    }

    private void command(StringBuilder script, String verb, String id, String what) {
        script.append(verb).append(" inet ").append(name).append(' ').append(id).append(what).append('\n');
    }

    private void additions(StringBuilder script, Table before) {
        int start = script.length();
        lookups.forEach((id, now) -> {
            if (!before.lookups.containsKey(id)) declare(script, id, now);
        });
        chains.forEach((id, now) -> {
            if (!now.equals(before.chains.get(id))) declare(script, id, now);
        });
        if (script.length() > start) script.insert(start, "table inet " + name + " {\n").append("}\n");
        before.lookups.forEach((id, old) -> {
            var now = lookups.get(id);
            if (now != null && now != old) elements(script, "add element", id, now.entriesBeside(old));
        });
    }

    private static void declare(StringBuilder script, String id, Lookup lookup) {
        script.append(lookup.kind()).append(' ').append(id).append(" {\ntype ").append(lookup.type).append('\n');
        if (lookup.intervals) script.append("flags interval\n");
        var entries = lookup.entriesBeside(new Lookup(lookup.type, Map.of()));
        if (!entries.isEmpty()) script.append("elements = { ").append(String.join(", ", entries)).append(" }\n");
        script.append("}\n");
    }

    private static void declare(StringBuilder script, String id, Chain chain) {
        script.append("chain ").append(id).append(" {\n");
        if (!chain.hook.isEmpty()) script.append(chain.hook).append('\n');
        chain.rules.forEach(rule -> script.append(rule).append('\n'));
        script.append("}\n");
    }
}
