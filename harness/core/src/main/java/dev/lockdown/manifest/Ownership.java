package dev.lockdown.manifest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds the objects whose pods others of the same manifest stand for: in a dump, a Deployment's ReplicaSet and that one's pods.
final class Ownership {
    private final Map<String, List<Identity>> byName = new HashMap<>();
    private final Map<String, Identity> byUid = new HashMap<>();

    void add(Identity identity) {
        byName.computeIfAbsent(identity.name().name(), _ -> new ArrayList<>()).add(identity);
        if (!identity.uid().isEmpty()) byUid.putIfAbsent(identity.uid(), identity);
    }

    /// Give all owners of those that make pods, and the owners of these, however far up.
    Set<Identity> ownersOf(List<Identity> makers) {
        Set<Identity> owners = Collections.newSetFromMap(new IdentityHashMap<>());
        makers.forEach(maker -> climb(maker, maker, owners));
        return owners;
    }

    private void climb(Identity from, Identity maker, Set<Identity> owners) {
        for (var reference : from.owners())
            for (var owner : meantBy(reference, from.name().namespace()))
                if (owner != maker && owners.add(owner)) climb(owner, maker, owners);
    }

    private List<Identity> meantBy(Identity.Owner owner, String namespace) {
        var known = byUid.get(owner.uid());
        if (known != null) return List.of(known);
        return byName.getOrDefault(owner.name(), List.of()).stream().filter(i -> i.isMeantBy(owner, namespace)).toList();
    }
}
