package dev.lockdown.rehearsal.page;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.graph.Graph;
import dev.lockdown.graph.Graph.Edge;
import dev.lockdown.graph.Graph.Group;
import dev.lockdown.graph.Graph.Node;
import dev.lockdown.graph.Graph.Status;
import dev.lockdown.need.Party;
import dev.lockdown.need.Purpose;
import dev.lockdown.rehearsal.NeedResult;
import dev.lockdown.rehearsal.Rehearsed;
import dev.lockdown.state.Counted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// An application as a graph in one of the states of its rehearsal: workloads by namespace, and an edge for what they need.
///
/// DNS and the kubelet's probes are not drawn, since an edge from or to every workload hides all others. A Service is the workloads behind
/// it. An application that is too big to be followed is drawn by namespace: an edge is then as many connections as it says.
public final class RehearsalGraph {
    /// With more lines, or more boxes, nobody could follow them.
    private static final int MOST_EDGES = 90;
    private static final int MOST_NODES = 48;
    private static final int MOST_UNNEEDED = 40;
    private static final int MOST_NAMED = 12;
    private static final String OUTSIDE = "outside";

    private final Rehearsed rehearsed;
    private final boolean byNamespace;
    private final Map<String, TreeSet<Party>> inNamespace = new TreeMap<>();

    private RehearsalGraph(Rehearsed rehearsed) {
        this.rehearsed = rehearsed;
        var parties = new TreeSet<Party>();
        var pairs = new LinkedHashSet<List<Party>>();
        for (var result : rehearsed.results()) {
            parties.addAll(drawn(result));
            if (!isDrawn(result)) continue;
            for (var end : result.ends()) pairs.add(List.of(result.need().from(), end));
        }
        Stream.concat(rehearsed.openToday().stream(), rehearsed.opened().stream()).forEach(w -> {
            parties.add(w.from());
            parties.add(w.to());
        });
        for (var party : parties) inNamespace.computeIfAbsent(group(party), _ -> new TreeSet<>()).add(party);
        byNamespace = pairs.size() > MOST_EDGES || parties.size() > MOST_NODES;
    }

    /// The whole in one state: for all others but [State#HEALED] it does not tell what broke from what never did.
    public static Graph of(Rehearsed rehearsed, State state) {
        return new RehearsalGraph(rehearsed).draw(state);
    }

    /// Whether it is drawn by namespace, being too big otherwise.
    static boolean isByNamespace(Rehearsed rehearsed) {
        return new RehearsalGraph(rehearsed).byNamespace;
    }

    /// Whether what is open without need is left out, being too much.
    static boolean hidesUnneeded(Rehearsed rehearsed, State state) {
        return new RehearsalGraph(rehearsed).unneeded(state).size() > MOST_UNNEEDED;
    }

    static boolean isDrawn(NeedResult result) {
        return result.need().purpose() != Purpose.DNS && result.need().purpose() != Purpose.PROBE;
    }

    /// A workload is a box even where all that it needs is DNS.
    private static Set<Party> drawn(NeedResult result) {
        var parties = new LinkedHashSet<Party>();
        if (result.need().from() instanceof Party.Workload workload) parties.add(workload);
        if (isDrawn(result)) parties.add(result.need().from());
        for (var end : result.ends()) if (isDrawn(result) || end instanceof Party.Workload) parties.add(end);
        return parties;
    }

    private record Bundle(String from, String to, Status status) {}

    /// What an edge stands for.
    private static final class Load {
        private final TreeSet<String> ports = new TreeSet<>();
        private final List<String> reasons = new ArrayList<>();
        private int connections;
    }

    private Graph draw(State state) {
        var bundles = new LinkedHashMap<Bundle, Load>();
        for (var result : rehearsed.results()) {
            if (!isDrawn(result)) continue;
            for (var end : result.ends()) {
                var load = load(bundles, result.need().from(), end, state.status(result));
                load.ports.add(result.need().port().toString());
                load.connections++;
                if (byNamespace) load.reasons.add(result.need().toString());
                else load.reasons.addAll(reasons(result, state));
            }
        }
        var open = unneeded(state);
        if (open.size() <= MOST_UNNEEDED) bundles.putAll(open);
        var edges = new ArrayList<Edge>();
        bundles.forEach((bundle, load) -> edges.add(new Edge(bundle.from, bundle.to,
            byNamespace ? List.of(Counted.of(load.connections, "connection")) : List.copyOf(load.ports), bundle.status,
            cut(load.reasons))));
        return new Graph(groups(), edges);
    }

    private Map<Bundle, Load> unneeded(State state) {
        var open = new LinkedHashMap<Bundle, Load>();
        for (var way : state.unneeded(rehearsed)) {
            var load = load(open, way.from(), way.to(), Status.UNNEEDED);
            load.ports.add(way.port().toString());
            load.connections++;
            load.reasons.add(byNamespace ? way.toString() : "no manifest says that anybody needs it");
        }
        return open;
    }

    private static List<String> cut(List<String> reasons) {
        var distinct = reasons.stream().distinct().toList();
        if (distinct.size() <= MOST_NAMED) return distinct;
        var cut = new ArrayList<>(distinct.subList(0, MOST_NAMED));
        cut.add("and %s more".formatted(distinct.size() - MOST_NAMED));
        return cut;
    }

    private Load load(Map<Bundle, Load> bundles, Party from, Party to, Status status) {
        return bundles.computeIfAbsent(new Bundle(id(from), id(to), status), _ -> new Load());
    }

    /// The first place and the first reason come first, since a picture has room for few.
    private static List<String> reasons(NeedResult result, State state) {
        var places = result.need().because().stream().map(b -> "needed by " + b).toList();
        var why = refused(result, state);
        var reasons = new ArrayList<String>();
        reasons.add(places.getFirst());
        if (!why.isEmpty()) reasons.add(why.getFirst());
        if (result.need().to() instanceof Party.Service) reasons.add("dialled as " + result.need().to());
        reasons.addAll(places.subList(1, places.size()));
        if (!why.isEmpty()) reasons.addAll(why.subList(1, why.size()));
        return reasons;
    }

    private static List<String> refused(NeedResult result, State state) {
        if (result.isUntried()) return List.of("nobody could try it");
        if (state == State.HEALED && result.isBroken() && result.healed() == null)
            return List.of("an end of it is in the network of nodes, so its healing is not proven");
        return switch (state) {
            case BEFORE -> List.of();
            case TODAY -> result.whyToday();
            case LOCKDOWN -> result.why();
            case HEALED -> state.status(result) == Status.BROKEN ? result.why() : List.of();
        };
    }

    private List<Group> groups() {
        if (!byNamespace)
            return inNamespace.entrySet().stream().map(g -> new Group(g.getKey(), nodes(g.getValue()))).toList();
        return inNamespace.entrySet().stream().map(g -> new Group(g.getKey(), g.getKey().equals(OUTSIDE)
            ? g.getValue().stream().map(this::id).distinct().map(id -> new Node(id, id)).toList()
            : List.of(new Node(g.getKey(), Counted.of(g.getValue().size(), "workload"))))).toList();
    }

    private static List<Node> nodes(Set<Party> parties) {
        var names = new HashMap<String, Integer>();
        parties.forEach(p -> names.merge(label(p), 1, Integer::sum));
        return parties.stream().map(p -> new Node(p.toString(),
            names.getOrDefault(label(p), 0) > 1 && p instanceof Party.Workload(var kind, _) ? label(p) + " (" + kind + ")" : label(p)))
            .toList();
    }

    private String id(Party party) {
        if (!byNamespace) return party.toString();
        return switch (party) {
            case Party.Workload _, Party.Service _ -> group(party);
            case Party.Host _, Party.Block _ -> "hosts outside";
            case Party.Api _, Party.Dns _, Party.Node _, Party.Platform _ -> label(party);
        };
    }

    private static String group(Party party) {
        return switch (party) {
            case Party.Workload(_, NamespacedName name) -> name.namespace();
            case Party.Service(var name) -> name.namespace();
            case Party.Node _, Party.Api _, Party.Dns _, Party.Host _, Party.Platform _, Party.Block _ -> OUTSIDE;
        };
    }

    /// Its group has the namespace already.
    private static String label(Party party) {
        return switch (party) {
            case Party.Workload(_, NamespacedName name) -> name.name();
            case Party.Service(var name) -> "service " + name.name();
            case Party.Node _ -> "kubelet";
            case Party.Api _ -> "Kubernetes API";
            case Party.Dns _ -> "DNS";
            case Party.Host(var name) -> name;
            case Party.Platform(var role, _) -> switch (role) {
                case INGRESS -> "ingress controller";
                case PROMETHEUS -> "Prometheus";
            };
            case Party.Block(var cidr) -> cidr;
        };
    }
}
