package dev.lockdown.need;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// What readers have found so far: each need once, with all places that say so.
final class Collected {
    private final Map<Key, Purpose> purposes = new TreeMap<>();
    private final Map<Key, Set<Because>> places = new HashMap<>();
    /// The same is told once, at its first place.
    private final Map<String, Unproven> unproven = new LinkedHashMap<>();
    private final Map<String, Ends> portless = new HashMap<>();
    private final Map<NamespacedName, Set<Port>> listening = new HashMap<>();

    private record Ends(Party from, Party to) {}

    private record Key(Party from, Party to, Port port) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int ends = from.compareTo(other.from) != 0 ? from.compareTo(other.from) : to.compareTo(other.to);
            return ends != 0 ? ends : port.compareTo(other.port);
        }
    }

    void need(Party from, Party to, Port port, Purpose purpose, Because because) {
        var key = new Key(from, to, port);
        purposes.putIfAbsent(key, purpose);
        places.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(because);
    }

    void unproven(Party from, String what, String remedy, Because because) {
        unproven.putIfAbsent(from + what, new Unproven(from, what, remedy, because, false));
    }

    /// Told unless another place names the port.
    void portless(Party from, Party to, String what, Because because) {
        var said = "%s is named without a port, and has none that it must be".formatted(what);
        portless.put(from + said, new Ends(from, to));
        unproven(from, said, "name the port", because);
    }

    void dangling(Party from, String what, String remedy, Because because) {
        unproven.putIfAbsent(from + what, new Unproven(from, what, remedy, because, true));
    }

    /// Take what could not be read for said: what a field of these workloads leads to was declared. Of none it is everybody's.
    void explain(List<Party> from, String field) {
        unproven.values().removeIf(u -> u.because().field().equals(field) && (from.isEmpty() || from.contains(u.from())));
    }

    /// Have a pod listen on a port, whether it declares it or not.
    void listens(NamespacedName pod, Port port) {
        listening.computeIfAbsent(pod, _ -> new TreeSet<>()).add(port);
    }

    void ignore(Predicate<Need> ignored) {
        for (var need : needs()) if (ignored.test(need)) purposes.remove(new Key(need.from(), need.to(), need.port()));
    }

    List<Need> needs() {
        var needs = new ArrayList<Need>();
        purposes.forEach((key, purpose) -> needs
            .add(new Need(key.from, key.to, key.port, purpose, List.copyOf(places.getOrDefault(key, Set.of())))));
        return needs;
    }

    List<Unproven> unproven() {
        var known = new HashSet<Ends>();
        purposes.keySet().forEach(k -> known.add(new Ends(k.from, k.to)));
        return unproven.values().stream().filter(u -> !(portless.get(u.from() + u.what()) instanceof Ends ends && known.contains(ends)))
            .toList();
    }

    Map<NamespacedName, Set<Port>> listening() {
        return listening;
    }
}
