package dev.lockdown.table;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Port;
import java.util.Comparator;
import java.util.List;

/// The flows on one port of one family: one matrix.
record Slice(Port port, Family family) implements Comparable<Slice> {
    private static final Comparator<Slice> ORDER = Comparator.comparing(Slice::family).thenComparing(Slice::port);

    static Slice of(Survey.Line line) {
        return new Slice(line.flow().port(), line.flow().family());
    }

    static List<Slice> all(Survey survey) {
        return survey.lines().stream().map(Slice::of).distinct().sorted().toList();
    }

    @Override
    public int compareTo(Slice other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return port + (family == Family.IPV6 ? " over IPv6" : "");
    }
}
