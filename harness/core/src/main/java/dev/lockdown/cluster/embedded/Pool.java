package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.Rulebook.Grant;
import dev.lockdown.cluster.embedded.Table.Lookup;
import dev.lockdown.state.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The allowances that are in force, each with the names of its sets in the kernel.
final class Pool {
    private final Map<Grant, Entry> entries;
    private final int nextId;

    /// @param rules return from the chain that they stand in for every packet that is allowed
    record Entry(int id, Allowance allowance, Map<String, Lookup> lookups, List<String> rules) {}

    private Pool(Map<Grant, Entry> entries, int nextId) {
        this.entries = entries;
        this.nextId = nextId;
    }

    static Pool empty() {
        return new Pool(Map.of(), 1);
    }

    /// Give names to other allowances. Sets keep theirs where changing their elements cannot mislead a packet on its way.
    Pool follow(Map<Grant, Allowance> allowances) {
        var next = new HashMap<Grant, Entry>();
        int id = nextId;
        for (var e : allowances.entrySet()) {
            var old = entries.get(e.getKey());
            if (old != null && old.allowance.equals(e.getValue())) next.put(e.getKey(), old);
            else if (old != null && old.allowance.mayTurnInto(e.getValue())) next.put(e.getKey(), entry(old.id, e.getKey(), e.getValue()));
            else next.put(e.getKey(), entry(id++, e.getKey(), e.getValue()));
        }
        return new Pool(next, id);
    }

    Entry get(Grant grant) {
        var entry = entries.get(grant);
        if (entry == null) throw new IllegalStateException("no allowance for " + grant);
        return entry;
    }

    private static Entry entry(int id, Grant grant, Allowance allowance) {
        var lookups = new HashMap<String, Lookup>();
        var rules = new ArrayList<String>();
        allowance.sets().forEach((shape, elements) -> {
            var name = set(id, grant.direction(), shape);
            lookups.put(name, Lookup.set(shape.type(), elements));
            rules.add(shape.expression(grant.direction(), name) + " return");
        });
        allowance.expressions().forEach(expression -> rules.add((expression + " return").strip()));
        return new Entry(id, allowance, lookups, rules);
    }

    private static String set(int id, Direction direction, Allowance.Shape shape) {
        return (direction == Direction.INGRESS ? "from" : "to") + id + "_" + shape.suffix();
    }
}
