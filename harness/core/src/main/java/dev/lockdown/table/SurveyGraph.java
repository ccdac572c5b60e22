package dev.lockdown.table;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.graph.Graph;
import dev.lockdown.graph.Graph.Edge;
import dev.lockdown.graph.Graph.Group;
import dev.lockdown.graph.Graph.Node;
import dev.lockdown.graph.Graph.Status;
import dev.lockdown.policy.Expectation;
import dev.lockdown.table.Folding.Band;
import dev.lockdown.table.Shift.Kind;
import dev.lockdown.table.Survey.Agreement;
import dev.lockdown.table.Survey.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// A survey as a graph: workloads by namespace, an edge for what is allowed, and for all that is not as it should be or as it was.
///
/// A Service's edges are those of its pods, so it is drawn only where something about it is marked; DNS, whose pods are not in a survey, always.
public final class SurveyGraph {
    private static final String OUTSIDE = "outside";

    private final Folding folding;
    private final Map<Key, Status> changed = new HashMap<>();
    private final Map<Key, List<String>> why = new HashMap<>();

    private SurveyGraph(Folding folding, List<Shift> shifts) {
        this.folding = folding;
        for (var shift : shifts) {
            if (shift.kind() == Kind.NEW) continue;
            for (var flow : shift.flows()) {
                var key = new Key(folding.band(flow.source()), folding.band(flow.destination()), new Slice(flow.port(), flow.family()));
                changed.put(key, shift.kind() == Kind.SHUT ? Status.SHUT : Status.OPENED);
                why.put(key, shift.reasons().stream().map(Shift.Reason::toString).toList());
            }
        }
    }

    private record Key(Band from, Band to, Slice slice) {}

    private record Bundle(Band from, Band to, Status status) {}

    /// @param shifts from the state before to this one; none where there is no other
    public static Graph of(Survey survey, Workloads workloads, boolean wide, List<Shift> shifts) {
        return new SurveyGraph(Folding.of(survey, workloads, wide), shifts).draw(survey);
    }

    private Graph draw(Survey survey) {
        var bundles = new LinkedHashMap<Bundle, List<Line>>();
        var nodes = new TreeSet<>(Band.ORDER);
        for (var line : folding.representatives(survey)) {
            var from = folding.band(line.flow().source());
            var to = folding.band(line.flow().destination());
            if (isPod(from)) nodes.add(from);
            if (isPod(to)) nodes.add(to);
            if (line.flow().source().equals(line.flow().destination())) continue;
            var status = status(line);
            if (status.isEmpty() || isQuietService(to, status.get())) continue;
            nodes.add(from);
            nodes.add(to);
            bundles.computeIfAbsent(new Bundle(from, to, status.get()), _ -> new ArrayList<>()).add(line);
        }
        var groups = new TreeMap<String, List<Node>>();
        for (var band : nodes) groups.computeIfAbsent(group(band), _ -> new ArrayList<>()).add(new Node(band.label(), label(band)));
        return new Graph(groups.entrySet().stream().map(g -> new Group(g.getKey(), g.getValue())).toList(),
            bundles.entrySet().stream().map(b -> edge(b.getKey(), b.getValue())).toList());
    }

    private Edge edge(Bundle bundle, List<Line> lines) {
        var ports = new TreeMap<Slice, String>();
        lines.forEach(l -> ports.put(Slice.of(l), l.flow().port() + (l.flow().family() == Family.IPV6 ? " (IPv6)" : "")));
        var first = lines.getFirst();
        var reasons = why.getOrDefault(new Key(bundle.from, bundle.to, Slice.of(first)), first.expectation().because());
        return new Edge(bundle.from.label(), bundle.to.label(), List.copyOf(ports.values()), bundle.status, reasons);
    }

    private static boolean isPod(Band band) {
        return band.members().getFirst() instanceof Endpoint.Pod;
    }

    private static boolean isQuietService(Band band, Status status) {
        if (!(band.members().getFirst() instanceof Endpoint.Service(var name)) || name.equals(ClusterDefaults.DNS)) return false;
        return switch (status) {
            case ALLOWED, SOME, OPEN_QUESTION -> true;
            case OPENED, SHUT, DIFFERS, UNDECIDED, BROKEN, HEALED, UNPROVEN, UNNEEDED -> false;
        };
    }

    /// What to draw of a line, or nothing where it is denied and that is all right.
    private Optional<Status> status(Line line) {
        if (line.agreement() == Agreement.DIFFERS) return Optional.of(Status.DIFFERS);
        if (line.undecided()) return Optional.of(Status.UNDECIDED);
        var shift = changed.get(new Key(folding.band(line.flow().source()), folding.band(line.flow().destination()), Slice.of(line)));
        if (shift != null) return Optional.of(shift);
        return switch (line.expectation()) {
            case Expectation.Allowed _ -> Optional.of(Status.ALLOWED);
            case Expectation.Denied _ -> Optional.empty();
            case Expectation.Split _ -> Optional.of(Status.SOME);
            case Expectation.Unspecified _ -> Optional.of(Status.OPEN_QUESTION);
        };
    }

    private static String group(Band band) {
        return switch (band.members().getFirst()) {
            case Endpoint.Pod(var name) -> name.namespace();
            case Endpoint.Service(var name) -> name.namespace();
            case Endpoint.LoadBalancer(var service) -> service.namespace();
            case Endpoint.Node _, Endpoint.Host _, Endpoint.KubernetesApi _ -> OUTSIDE;
        };
    }

    /// The group has the namespace already.
    private static String label(Band band) {
        return switch (band.members().getFirst()) {
            case Endpoint.Pod _ -> band.label().substring(band.label().indexOf('/') + 1);
            case Endpoint.Service(var name) -> "service " + name.name();
            case Endpoint.LoadBalancer(var service) -> "load balancer " + service.name();
            case Endpoint.Node(var name) -> "node " + name;
            case Endpoint.Host(var name) -> name.contains("/") ? band.label() : name;
            case Endpoint.KubernetesApi _ -> "Kubernetes API";
        };
    }
}
