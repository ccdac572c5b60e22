package dev.lockdown.rehearsal;

import dev.lockdown.cluster.ServiceEndpoints;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.need.Need;
import dev.lockdown.need.Party;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The flows by which a need is tried on a stage, and the pods at which they end.
final class NeedFlows {
    private static final Endpoint DNS = new Endpoint.Service(new NamespacedName("kube-system", "kube-dns"));

    private final ClusterState state;
    private final Map<Party, List<NamespacedName>> pods;
    private final Map<Need, Set<PodPort>> ends = new HashMap<>();

    NeedFlows(ClusterState state, Map<Party, List<NamespacedName>> pods) {
        this.state = state;
        this.pods = pods;
    }

    /// Give them; none where one end cannot stand on a stage: the API as a client, a host without an address.
    List<Flow> of(Need need) {
        var flows = new ArrayList<Flow>();
        if (need.from() instanceof Party.Node) {
            for (var pod : pods.getOrDefault(need.to(), List.of()))
                flows.add(Flow.of(new Endpoint.Node(nodeOf(pod)), new Endpoint.Pod(pod), need.port()));
            return flows;
        }
        if (need.from() instanceof Party.Block(var cidr)) {
            // From outside the way leads by a node port or a load balancer, behind which the pods see the client.
            if (state.hosts().containsKey(cidr))
                for (var end : ends(need)) flows.add(Flow.of(new Endpoint.Host(cidr), new Endpoint.Pod(end.pod()), end.port()));
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
}
