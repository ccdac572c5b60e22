package dev.lockdown.rehearsal;

import dev.lockdown.cluster.ServiceEndpoints;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.need.Need;
import dev.lockdown.need.Party;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The flows by which a need is tried on a stage, and the pods at which they end.
final class NeedFlows {
    private static final Endpoint DNS = new Endpoint.Service(new NamespacedName("kube-system", "kube-dns"));

    private final ClusterState state;
    private final Map<Party, List<NamespacedName>> pods;
    private final Map<NamespacedName, Party> workloadOf = new HashMap<>();
    private final Map<Need, Set<PodPort>> ends = new HashMap<>();

    NeedFlows(ClusterState state, Map<Party, List<NamespacedName>> pods) {
        this.state = state;
        this.pods = pods;
        pods.forEach((party, own) -> own.forEach(p -> workloadOf.put(p, party)));
    }

    /// Give them; none where one end cannot stand on a stage, as a host without an address cannot.
    List<Flow> of(Need need) {
        var flows = new ArrayList<Flow>();
        if (need.from() instanceof Party.Node) {
            for (var pod : pods.getOrDefault(need.to(), List.of()))
                flows.add(Flow.of(new Endpoint.Node(nodeOf(pod)), new Endpoint.Pod(pod), need.port()));
            return flows;
        }
        if (need.from() instanceof Party.Block || need.from() instanceof Party.Api) {
            // A machine outside comes by a node port or a load balancer, behind which the pods see it, and the API server resolves Services.
            var machine = need.from() instanceof Party.Api ? HomeAddresses.API_HOST : need.from().toString();
            if (state.hosts().containsKey(machine))
                for (var end : ends(need)) flows.add(Flow.of(new Endpoint.Host(machine), new Endpoint.Pod(end.pod()), end.port()));
            return flows;
        }
        for (var source : pods.getOrDefault(need.from(), List.of())) {
            var from = new Endpoint.Pod(source);
            for (var to : destinations(need)) if (!to.equals(from)) flows.add(Flow.of(from, to, need.port()));
        }
        return flows;
    }

    /// A pod that nobody has scheduled may be on any node.
    private String nodeOf(NamespacedName pod) {
        var known = state.pods().get(pod);
        return known == null || known.node().isEmpty() ? state.nodes().keySet().iterator().next() : known.node();
    }

    private List<Endpoint> destinations(Need need) {
        return switch (need.to()) {
            case Party.Service(var name) when !state.services().containsKey(name) -> List.of();
            case Party.Service(var name) -> isHeadless(name) ? behind(name, need.port()) : List.of(new Endpoint.Service(name));
            case Party.Workload workload -> pods.getOrDefault(workload, List.of()).stream().<Endpoint>map(Endpoint.Pod::new).toList();
            case Party.Api _ -> List.of(new Endpoint.KubernetesApi());
            case Party.Dns _ -> List.of(DNS);
            case Party.Host(var name) -> state.hosts().containsKey(name) ? List.of(new Endpoint.Host(name)) : List.of();
            case Party.Node _, Party.Platform _, Party.Block _ -> List.of();
        };
    }

    private boolean isHeadless(NamespacedName name) {
        return state.services().get(name) instanceof Service service && service.type() == Service.Type.HEADLESS;
    }

    /// A headless Service's name leads to its pods, and the port that is dialled is theirs.
    private List<Endpoint> behind(NamespacedName name, Port port) {
        if (!(state.services().get(name) instanceof Service service)) return List.of();
        var all = ServiceEndpoints.pods(state, service);
        var serving = all.stream().filter(p -> p.ports().stream().anyMatch(c -> c.port().equals(port))).toList();
        return (serving.isEmpty() ? all : serving).stream().<Endpoint>map(p -> new Endpoint.Pod(p.name())).toList();
    }

    /// A pod and the port on which it is reached.
    record PodPort(NamespacedName pod, Port port) {}

    /// The pods at which a need ends, after DNAT; none where it ends at no pod.
    Set<PodPort> ends(Need need) {
        return ends.computeIfAbsent(need, this::findEnds);
    }

    private Set<PodPort> findEnds(Need need) {
        var ends = new LinkedHashSet<PodPort>();
        for (var destination : destinations(need)) {
            switch (destination) {
                case Endpoint.Pod(var pod) -> ends.add(new PodPort(pod, need.port()));
                case Endpoint.Service(var service) -> ServiceEndpoints.of(state, service, need.port())
                    .forEach(e -> ends.add(new PodPort(e.pod().name(), e.port())));
                case Endpoint.KubernetesApi _, Endpoint.Host _, Endpoint.Node _, Endpoint.LoadBalancer _ -> {}
            }
        }
        return ends;
    }

    /// Who has the pod, if it is of the application's.
    @Nullable Party workloadOf(NamespacedName pod) {
        return workloadOf.get(pod);
    }

    /// The workloads at whose pods a need ends.
    List<Party.Workload> targets(Need need) {
        return ends(need).stream().map(e -> workloadOf.get(e.pod())).filter(Party.Workload.class::isInstance)
            .map(Party.Workload.class::cast).distinct().toList();
    }

    /// Whether a Service of the need leads to no pod.
    boolean nobodyBehind(Need need) {
        return need.to() instanceof Party.Service && ends(need).isEmpty();
    }

    /// Whether policies see the addresses of nodes at the need's far end, which no manifest has.
    boolean endsOnNodes(Need need) {
        return isOnHostNetwork(need.to()) || ends(need).stream().anyMatch(e -> isOnHostNetwork(workloadOf.get(e.pod())));
    }

    /// The same at the end that dials.
    boolean beginsOnNodes(Need need) {
        return isOnHostNetwork(need.from());
    }

    boolean isOnHostNetwork(@Nullable Party party) {
        return party != null
            && pods.getOrDefault(party, List.of()).stream().anyMatch(p -> state.pods().get(p) instanceof Pod pod && pod.hostNetwork());
    }
}
