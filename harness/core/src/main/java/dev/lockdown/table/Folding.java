package dev.lockdown.table;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.table.Survey.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Puts replicas into one row and one column where they agree about everybody, and apart where they do not.
///
/// It starts with one class for each workload and splits a class until all of its members have the same cells. What a pod says to itself
/// does not count: it always may, and no other replica has that cell.
final class Folding {
    private static final int LONGEST = 40;

    private final Map<Endpoint, Band> bands = new HashMap<>();

    private Folding() {}

    /// One row or column.
    ///
    /// @param label `shop/web ×30`, the name of a pod, or what people call another end
    record Band(String label, List<Endpoint> members) {
        Band {
            members = List.copyOf(members);
        }

        private int rank() {
            return switch (members.getFirst()) {
                case Endpoint.Pod _ -> 0;
                case Endpoint.Service _ -> 1;
                case Endpoint.LoadBalancer _ -> 2;
                case Endpoint.Node _ -> 3;
                case Endpoint.Host _ -> 4;
                case Endpoint.KubernetesApi _ -> 5;
            };
        }

        static final Comparator<Band> ORDER = Comparator.comparingInt(Band::rank)
            .thenComparing(b -> b.members().getFirst().toString(), NaturalOrder.INSTANCE);
    }

    private record Seen(boolean asSource, int other, Slice slice, String symbol) {}

    private record Cell(int source, int destination, Slice slice) {}

    /// @param wide whether each pod has a row of its own
    static Folding of(Survey survey, Workloads workloads, boolean wide) {
        var classes = new LinkedHashMap<Endpoint, Integer>();
        var numbers = new HashMap<Object, Integer>();
        for (var line : survey.lines()) {
            classes.computeIfAbsent(line.flow().source(), e -> number(start(e, workloads, wide), numbers));
            classes.computeIfAbsent(line.flow().destination(), e -> number(start(e, workloads, wide), numbers));
        }
        if (!wide) refine(survey.lines(), classes);
        var folding = new Folding();
        folding.name(classes, workloads, wide);
        return folding;
    }

    private static Object start(Endpoint end, Workloads workloads, boolean wide) {
        return !wide && end instanceof Endpoint.Pod(var name) && workloads.of(name).isPresent() ? workloads.of(name).get() : end;
    }

    private static int number(Object key, Map<Object, Integer> numbers) {
        return numbers.computeIfAbsent(key, _ -> numbers.size());
    }

    private static void refine(List<Line> lines, Map<Endpoint, Integer> classes) {
        while (split(lines, classes) || isolate(lines, classes)) continue;
    }

    /// Split classes by what their members see of the other classes; says whether any was.
    private static boolean split(List<Line> lines, Map<Endpoint, Integer> classes) {
        var seen = new HashMap<Endpoint, Set<Seen>>();
        for (var line : lines) {
            var source = line.flow().source();
            var destination = line.flow().destination();
            if (source.equals(destination)) continue;
            var slice = Slice.of(line);
            var symbol = Symbols.of(line);
            seen.computeIfAbsent(source, _ -> new HashSet<>()).add(new Seen(true, classOf(destination, classes), slice, symbol));
            seen.computeIfAbsent(destination, _ -> new HashSet<>()).add(new Seen(false, classOf(source, classes), slice, symbol));
        }
        long before = classes.values().stream().distinct().count();
        var numbers = new HashMap<Object, Integer>();
        classes.replaceAll((end, was) -> number(List.of(was, seen.getOrDefault(end, Set.of())), numbers));
        return numbers.size() > before;
    }

    /// Take a class apart where its members see two things of one class, as they do when each reaches another one; says whether any was.
    private static boolean isolate(List<Line> lines, Map<Endpoint, Integer> classes) {
        var symbols = new HashMap<Cell, String>();
        var apart = new HashSet<Integer>();
        for (var line : lines) {
            var flow = line.flow();
            if (flow.source().equals(flow.destination())) continue;
            var cell = new Cell(classOf(flow.source(), classes), classOf(flow.destination(), classes), Slice.of(line));
            var symbol = Symbols.of(line);
            if (symbol.equals(symbols.putIfAbsent(cell, symbol)) || symbol.equals(symbols.get(cell))) continue;
            apart.add(cell.source);
            apart.add(cell.destination);
        }
        if (apart.isEmpty()) return false;
        int[] next = {classes.values().stream().mapToInt(c -> c).max().orElse(0) + 1};
        classes.replaceAll((_, was) -> apart.contains(was) ? next[0]++ : was);
        return true;
    }

    private static int classOf(Endpoint end, Map<Endpoint, Integer> classes) {
        return Objects.requireNonNull(classes.get(end));
    }

    private void name(Map<Endpoint, Integer> classes, Workloads workloads, boolean wide) {
        var members = new LinkedHashMap<Integer, List<Endpoint>>();
        classes.forEach((end, number) -> members.computeIfAbsent(number, _ -> new ArrayList<>()).add(end));
        var present = new HashMap<NamespacedName, Set<String>>();
        for (var end : classes.keySet())
            if (end instanceof Endpoint.Pod(var pod))
                workloads.of(pod).ifPresent(w -> present.computeIfAbsent(w.name(), _ -> new LinkedHashSet<>()).add(w.kind()));
        var used = new HashSet<String>();
        members.values().forEach(all -> {
            all.sort(Comparator.comparing(Endpoint::toString, NaturalOrder.INSTANCE));
            var label = label(all, classes.keySet(), workloads, wide, present);
            var band = new Band(used.add(shortened(label)) ? shortened(label) : label, all);
            all.forEach(e -> bands.put(e, band));
        });
    }

    private static String label(List<Endpoint> members, Set<Endpoint> all, Workloads workloads, boolean wide,
            Map<NamespacedName, Set<String>> kinds) {
        var first = members.getFirst();
        if (first instanceof Endpoint.Host(var name) && name.contains("/")) return name.replace("-except-", " except ").replace(",", ", ");
        if (wide || !(first instanceof Endpoint.Pod(var pod)) || workloads.of(pod).isEmpty()) return first.toString();
        var workload = workloads.of(pod).get();
        long replicas =
            all.stream().filter(e -> e instanceof Endpoint.Pod(var p) && workloads.of(p).filter(workload::equals).isPresent()).count();
        if (members.size() < replicas) return members.size() == 1 ? first.toString() : "%s +%s".formatted(first, members.size() - 1);
        var kind = kinds.getOrDefault(workload.name(), Set.of()).size() > 1 ? " (%s)".formatted(workload.kind()) : "";
        return workload + kind + (replicas > 1 ? " ×" + replicas : "");
    }

    /// A block with many exceptions is told by its first.
    private static String shortened(String label) {
        int comma = label.indexOf(',');
        return label.length() > LONGEST && comma > 0 ? label.substring(0, comma) + " …" : label;
    }

    Band band(Endpoint end) {
        var band = bands.get(end);
        if (band == null) throw new IllegalArgumentException("there is no " + end + " in this survey");
        return band;
    }

    /// The lines that stand for all of a survey: one for each pair of bands and each port, not a pod's way to itself where there is another.
    List<Line> representatives(Survey survey) {
        var first = new LinkedHashMap<Object, Line>();
        for (var line : survey.lines()) {
            var flow = line.flow();
            var key = List.of(band(flow.source()), band(flow.destination()), Slice.of(line));
            var known = first.get(key);
            if (known == null || known.flow().source().equals(known.flow().destination())) first.put(key, line);
        }
        return List.copyOf(first.values());
    }
}
