package dev.lockdown.rehearsal.page;

import dev.lockdown.flow.Port;
import dev.lockdown.need.Party;
import dev.lockdown.rehearsal.Rehearsed.Way;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What is open to whom without need: who reaches each end, those first that most reach.
///
/// @param to the end that is reached, in parts between which a line may be broken
/// @param from those that reach it, cut short where they are many
/// @param more how many more there are
record OpenWays(List<String> to, String ports, List<String> from, int more) {
    private static final int MOST_FROM = 5;

    private record Served(Party to, Port port) implements Comparable<Served> {
        @Override
        public int compareTo(Served other) {
            int ends = to.compareTo(other.to);
            return ends != 0 ? ends : port.compareTo(other.port);
        }
    }

    static Stream<OpenWays> of(List<Way> ways) {
        var byEnd = new TreeMap<Served, List<String>>();
        for (var way : ways) byEnd.computeIfAbsent(new Served(way.to(), way.port()), _ -> new ArrayList<>()).add(way.from().toString());
        return byEnd.entrySet().stream()
            .sorted(Comparator.comparingInt(e -> -e.getValue().size()))
            .map(e -> new OpenWays(NeedRow.parts(e.getKey().to()), e.getKey().port().toString(),
                e.getValue().subList(0, Math.min(MOST_FROM, e.getValue().size())), Math.max(0, e.getValue().size() - MOST_FROM)));
    }

    /// The end that is reached, in one.
    String end() {
        return String.join("", to);
    }

    /// Those that reach it, in a line.
    public String sources() {
        return String.join(", ", from) + (more > 0 ? " and %s more".formatted(Words.number(more)) : "");
    }
}
