package dev.lockdown.report.html;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Probe;
import dev.lockdown.graph.Graph;
import dev.lockdown.graph.Graph.Edge;
import dev.lockdown.graph.Graph.Group;
import dev.lockdown.graph.Graph.Node;
import dev.lockdown.graph.Graph.Status;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Verdict;
import dev.lockdown.verdict.Wording;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The application of a scenario as a graph: an edge for each flow that was open when it was last judged, and for each that is not as
/// claimed; with what opened and what shut since it was first judged.
final class ScenarioGraph {
    private static final String OUTSIDE = "outside";
    /// With more, only what is marked is drawn: nobody could follow the lines.
    private static final int MOST = 240;

    private final Map<Flow, Seen> flows = new LinkedHashMap<>();
    // A journal is read such that the same probe is one object, which is found sooner than an equal flow.
    private final Map<Probe, Seen> known = new IdentityHashMap<>();

    private ScenarioGraph() {}

    /// A flow as it was first judged, and as it was last.
    private static final class Seen {
        private final Cell first;
        private Cell last;

        Seen(Cell first) {
            this.first = first;
            this.last = first;
        }
    }

    private record Way(Endpoint from, Endpoint to, Status status) {}

    /// @return nothing where no two ends have anything between them
    static Optional<Graph> of(ScenarioRun scenario) {
        var graph = new ScenarioGraph();
        for (var step : scenario.steps())
            for (var judged : step.judged()) judged.judgement().cells().forEach(graph::add);
        return graph.draw();
    }

    private void add(Cell cell) {
        var probe = cell.question().probe();
        var seen = known.get(probe);
        if (seen == null) {
            if (!(probe instanceof Probe.Reach(var flow, _)) || flow.source().equals(flow.destination())) return;
            seen = flows.computeIfAbsent(flow, _ -> new Seen(cell));
            known.put(probe, seen);
        }
        seen.last = cell;
    }

    private Optional<Graph> draw() {
        var ways = new LinkedHashMap<Way, List<Flow>>();
        flows.forEach((flow, seen) -> status(seen)
            .ifPresent(s -> ways.computeIfAbsent(new Way(flow.source(), flow.destination(), s), _ -> new ArrayList<>()).add(flow)));
        if (ways.size() > MOST) ways.keySet().removeIf(w -> w.status() == Status.ALLOWED);
        if (ways.isEmpty() || ways.size() > MOST) return Optional.empty();
        // Few ends have very many flows.
        var ends = new HashSet<Endpoint>();
        for (var flow : flows.keySet()) {
            ends.add(flow.source());
            ends.add(flow.destination());
        }
        var groups = new TreeMap<String, Map<String, Node>>();
        for (var end : ends)
            groups.computeIfAbsent(group(end), _ -> new TreeMap<>()).put(end.toString(), new Node(end.toString(), label(end)));
        return Optional
            .of(new Graph(groups.entrySet().stream().map(g -> new Group(g.getKey(), List.copyOf(g.getValue().values()))).toList(),
                ways.entrySet().stream().map(w -> edge(w.getKey(), w.getValue())).toList()));
    }

    private Edge edge(Way way, List<Flow> flows) {
        var ports = new TreeSet<String>();
        flows.forEach(f -> ports.add(f.port() + (f.family() == Family.IPV6 ? " (IPv6)" : "")));
        return new Edge(way.from.toString(), way.to.toString(), List.copyOf(ports), way.status,
            way.status == Status.ALLOWED ? List.of()
                : List.copyOf(Wording.because(Objects.requireNonNull(this.flows.get(flows.getFirst())).last)));
    }

    /// What to draw of a flow, or nothing where it is blocked, was before, and that is as claimed.
    private static Optional<Status> status(Seen seen) {
        var cell = seen.last;
        if (!cell.agrees()) return Optional.of(cell.inconclusive() ? Status.UNDECIDED : Status.DIFFERS);
        var before = seen.first.verdict();
        return switch (cell.verdict()) {
            case Verdict.Open _ -> Optional.of(before instanceof Verdict.Blocked ? Status.OPENED : Status.ALLOWED);
            case Verdict.Blocked _ -> before instanceof Verdict.Open ? Optional.of(Status.SHUT) : Optional.empty();
            case Verdict.Mixed _ -> Optional.of(Status.SOME);
            case Verdict.Inconclusive _ -> Optional.of(Status.UNDECIDED);
        };
    }

    private static String group(Endpoint end) {
        return switch (end) {
            case Endpoint.Pod(var name) -> name.namespace();
            case Endpoint.Service(var name) -> name.namespace();
            case Endpoint.LoadBalancer(var service) -> service.namespace();
            case Endpoint.Node _, Endpoint.Host _, Endpoint.KubernetesApi _ -> OUTSIDE;
        };
    }

    /// The group has the namespace already.
    private static String label(Endpoint end) {
        return switch (end) {
            case Endpoint.Pod(var name) -> name.name();
            case Endpoint.Service(var name) -> "service " + name.name();
            case Endpoint.LoadBalancer(var service) -> "load balancer " + service.name();
            case Endpoint.Node(var name) -> "node " + name;
            case Endpoint.Host(var name) -> name;
            case Endpoint.KubernetesApi _ -> "Kubernetes API";
        };
    }
}
