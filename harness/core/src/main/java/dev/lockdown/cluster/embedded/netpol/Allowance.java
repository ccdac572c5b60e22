package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.cluster.embedded.nft.Table.Lookup;
import dev.lockdown.flow.Family;
import dev.lockdown.state.Direction;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What some policies together allow in one direction: hash sets of addresses, one for each shape and family so that none can
/// overlap, and plain expressions for ranges and for everybody.
///
/// @param intervals the sets of which the expressions speak, by their names; see [Intervals]
record Allowance(Map<Shape, Set<String>> sets, Set<String> expressions, Map<String, Lookup> intervals) {

    /// Elements of one rule in hash sets; beyond, its addresses and its ports are each a set of their own, because the kernel takes some
    /// hundred thousand elements a second, and a rule may multiply hundreds of ports by thousands of pods.
    private static final int MANY = 4096;

    /// @param rest a further expression that goes with the look-up, or empty
    record Shape(Family family, Ports.Key key, String rest) implements Comparable<Shape> {
        private static final Comparator<Shape> ORDER =
            Comparator.comparing(Shape::family).thenComparing(Shape::key).thenComparing(Shape::rest);

        String type() {
            return (family == Family.IPV6 ? "ipv6_addr" : "ipv4_addr") + key.types;
        }

        String expression(Direction direction, String set) {
            return address(family, direction) + key.expressions + " @" + set + (rest.isEmpty() ? "" : " " + rest);
        }

        /// A name for the set that tells the shapes of one allowance apart.
        String suffix() {
            return key.name().toLowerCase(Locale.ROOT) + (family == Family.IPV6 ? "6" : "4") + rest.replace(' ', '_').replace('-', '_');
        }

        @Override
        public int compareTo(Shape other) {
            return ORDER.compare(this, other);
        }
    }

    static String address(Family family, Direction direction) {
        return (family == Family.IPV6 ? "ip6 " : "ip ") + (direction == Direction.INGRESS ? "saddr" : "daddr");
    }

    /// Whether a packet that meets some look-ups of this and the others of `next` is judged by one of the two, and not denied
    /// although both allow it. Else `next` needs sets of its own.
    boolean mayTurnInto(Allowance next) {
        if (next.includes(this) || includes(next)) return true;
        if (!expressions.equals(next.expressions) || !sets.keySet().equals(next.sets.keySet())) return false;
        return sets.entrySet().stream().filter(e -> !e.getValue().equals(next.sets.get(e.getKey()))).count() <= 1;
    }

    /// Whether nothing but elements of hash sets tells the two apart.
    boolean hasFormOf(Allowance other) {
        return sets.keySet().equals(other.sets.keySet()) && expressions.equals(other.expressions) && intervals.equals(other.intervals);
    }

    /// Elements in all of its hash sets.
    int size() {
        return sets.values().stream().mapToInt(Set::size).sum();
    }

    private boolean includes(Allowance other) {
        return expressions.containsAll(other.expressions)
            && other.sets.entrySet().stream().allMatch(e -> sets.getOrDefault(e.getKey(), Set.of()).containsAll(e.getValue()));
    }

    static final class Builder {
        private final Map<Shape, Set<String>> sets = new TreeMap<>();
        private final Intervals intervals;

        Builder(Direction direction) {
            intervals = new Intervals(direction);
        }

        /// Allow what one rule does: every peer on every port.
        void allow(Peers peers, List<Ports> ports) {
            var places = peers.places();
            if ((long) places.size() * ports.size() > MANY) {
                intervals.allow(Stream.concat(peers.ranges().stream(), places.stream().map(PodAddresses.Place::range)).toList(), ports);
            } else {
                if (!peers.ranges().isEmpty()) intervals.allow(peers.ranges(), ports);
                for (var port : ports) allow(places, port);
            }
            if (peers.everybody()) intervals.allowEverybody(ports);
        }

        void allow(PodAddresses.Place place, Ports ports) {
            allow(List.of(place), ports);
        }

        private void allow(List<PodAddresses.Place> places, Ports ports) {
            var values = ports.values();
            var byFamily = new EnumMap<Family, Set<String>>(Family.class);
            for (var place : places) byFamily.computeIfAbsent(place.family(), family -> elements(family, ports)).add(place.text() + values);
        }

        private Set<String> elements(Family family, Ports ports) {
            return sets.computeIfAbsent(new Shape(family, ports.key(), ports.rest()), _ -> new LinkedHashSet<>());
        }

        Allowance build() {
            return new Allowance(sets, intervals.expressions(), intervals.sets());
        }
    }
}
