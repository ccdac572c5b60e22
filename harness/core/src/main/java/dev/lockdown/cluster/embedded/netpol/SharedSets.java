package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.cluster.embedded.netpol.CompiledPolicies.Grant;
import dev.lockdown.cluster.embedded.nft.Table.Lookup;
import dev.lockdown.state.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The allowances that are in force, each with the names of its sets in the kernel.
final class SharedSets {
    private final Map<Grant, Entry> entries;
    private final int nextId;

    /// @param rules return from the chain that they stand in for every packet that is allowed
    record Entry(int id, Direction direction, Allowance allowance, Map<String, Lookup> lookups, List<String> rules) {}

    /// Elements below which who has come to have sets alone keeps them, also where others allow the same: a few elements more or less are
    /// changed in a tenth of the time that it takes to make another set and other rules.
    private static final int SHARED_FROM = 32;

    /// What allowances have to agree in to share their sets.
    ///
    /// @param sole who keeps sets of its own, or null
    private record Content(Direction direction, Allowance allowance, @Nullable Grant sole) {}

    private SharedSets(Map<Grant, Entry> entries, int nextId) {
        this.entries = entries;
        this.nextId = nextId;
    }

    static SharedSets empty() {
        return new SharedSets(Map.of(), 1);
    }

    /// Give names to other allowances; equal ones share. Sets keep theirs where changing their elements cannot mislead a packet on its
    /// way: where all who were judged by them come to be judged by the same other ones.
    SharedSets follow(Map<Grant, Allowance> allowances) {
        var present = new HashMap<Content, Entry>();
        var users = new IdentityHashMap<Entry, Set<Grant>>();
        entries.forEach((grant, entry) -> users.computeIfAbsent(entry, _ -> new HashSet<>()).add(grant));
        users.forEach((entry, grants) -> {
            var shared = new Content(entry.direction, entry.allowance, null);
            if (grants.size() > 1) {
                present.put(shared, entry);
            } else {
                // Who shares must not be moved to an equal set that somebody has alone.
                present.putIfAbsent(shared, entry);
                present.put(new Content(entry.direction, entry.allowance, grants.iterator().next()), entry);
            }
        });
        var wanted = new LinkedHashMap<Content, List<Grant>>();
        allowances.forEach((grant, allowance) -> wanted
            .computeIfAbsent(new Content(grant.direction(), allowance, staysAlone(grant, allowance, users) ? grant : null),
                _ -> new ArrayList<>())
            .add(grant));
        wanted.keySet().forEach(content -> {
            if (present.get(content) instanceof Entry entry) users.remove(entry);
        });
        var next = new HashMap<Grant, Entry>();
        int id = nextId;
        for (var e : wanted.entrySet()) {
            var entry = present.get(e.getKey());
            if (entry == null) {
                var old = predecessor(e.getKey().allowance, e.getValue(), users);
                entry = entry(old == null ? id++ : old.id, e.getKey());
            }
            for (var grant : e.getValue()) next.put(grant, entry);
        }
        return new SharedSets(next, id);
    }

    /// As [#follow], where only these allowances differ.
    ///
    /// @return null where more is needed than other elements in sets that somebody has alone
    @Nullable SharedSets withElements(Map<Grant, Allowance> changed) {
        var next = new HashMap<>(entries);
        for (var e : changed.entrySet()) {
            var old = get(e.getKey());
            var allowance = e.getValue();
            if (allowance.equals(old.allowance)) continue;
            if (!allowance.hasFormOf(old.allowance) || !staysAlone(e.getKey(), allowance)) return null;
            next.put(e.getKey(), entry(old.id, new Content(old.direction, allowance, e.getKey())));
        }
        return new SharedSets(next, nextId);
    }

    private boolean staysAlone(Grant grant, Allowance allowance) {
        var old = get(grant);
        return allowance.size() < SHARED_FROM && old.allowance.mayTurnInto(allowance)
            && isSole(old);
    }

    private boolean isSole(Entry entry) {
        int users = 0;
        for (var other : entries.values()) if (other == entry) users++;
        return users == 1;
    }

    private boolean staysAlone(Grant grant, Allowance allowance, Map<Entry, Set<Grant>> users) {
        var old = entries.get(grant);
        return old != null && allowance.size() < SHARED_FROM && old.allowance.mayTurnInto(allowance)
            && users.getOrDefault(old, Set.of()).size() == 1;
    }

    /// @param users of the entries that are no longer wanted as they are
    private @Nullable Entry predecessor(Allowance allowance, List<Grant> grants, Map<Entry, Set<Grant>> users) {
        var after = Set.copyOf(grants);
        for (var grant : grants) {
            var old = entries.get(grant);
            if (old == null || !old.allowance.mayTurnInto(allowance)) continue;
            var before = users.get(old);
            if (before != null && after.containsAll(before)) return old;
        }
        return null;
    }

    Entry get(Grant grant) {
        var entry = entries.get(grant);
        if (entry == null) throw new IllegalStateException("no allowance for " + grant);
        return entry;
    }

    private static Entry entry(int id, Content content) {
        var direction = content.direction;
        var lookups = new HashMap<String, Lookup>();
        var rules = new ArrayList<String>();
        content.allowance.sets().forEach((shape, elements) -> {
            var name = set(id, direction, shape);
            lookups.put(name, Lookup.set(shape.type(), elements));
            rules.add(shape.expression(direction, name) + " return");
        });
        lookups.putAll(content.allowance.intervals());
        content.allowance.expressions().forEach(expression -> rules.add((expression + " return").strip()));
        return new Entry(id, direction, content.allowance, lookups, rules);
    }

    private static String set(int id, Direction direction, Allowance.Shape shape) {
        return (direction == Direction.INGRESS ? "from" : "to") + id + "_" + shape.suffix();
    }
}
