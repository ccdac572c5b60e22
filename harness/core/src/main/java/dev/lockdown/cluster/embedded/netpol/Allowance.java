package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.flow.Family;
import dev.lockdown.state.Direction;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What some policies together allow in one direction: hash sets of addresses, one for each shape and family so that none can
/// overlap, and plain expressions for ranges and for everybody.
record Allowance(Map<Shape, Set<String>> sets, Set<String> expressions) {

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
            return key.name().toLowerCase(Locale.ROOT) + (family == Family.IPV6 ? "6" : "4") + rest.replaceAll("[ -]", "_");
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

    private boolean includes(Allowance other) {
        return expressions.containsAll(other.expressions)
            && other.sets.entrySet().stream().allMatch(e -> sets.getOrDefault(e.getKey(), Set.of()).containsAll(e.getValue()));
    }

    static final class Builder {
        private final Direction direction;
        private final Map<Shape, Set<String>> sets = new TreeMap<>();
        private final Set<String> expressions = new LinkedHashSet<>();

        Builder(Direction direction) {
            this.direction = direction;
        }

        void allow(Peers peers, Ports ports) {
            if (peers.everybody()) expressions.add(ports.match());
            for (var range : peers.ranges())
                expressions.add((address(range.family(), direction) + " " + range + " " + ports.match()).strip());
            for (var member : peers.members()) for (var place : member.places()) allow(place, ports);
        }

        void allow(PodAddresses.Place place, Ports ports) {
            sets.computeIfAbsent(new Shape(place.family(), ports.key(), ports.rest()), _ -> new LinkedHashSet<>())
                .add(place.text() + ports.values());
        }

        Allowance build() {
            return new Allowance(sets, expressions);
        }
    }
}
