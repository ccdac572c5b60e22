package dev.lockdown.table;

import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.ServiceEndpoints;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.policy.Oracle;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import dev.lockdown.trial.BaselineNeeds;
import dev.lockdown.trial.LivenessPort;
import dev.lockdown.trial.ScenarioJournal;
import dev.lockdown.trial.Trial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Probes every flow of what manifests describe and sets it beside what the policies demand.
public final class Surveyor {
    private final List<Port> ports;
    private final boolean nodes;
    private final Scope scope;

    /// @param ports that are asked; empty for all that a destination serves
    /// @param nodes whether nodes ask, too
    public Surveyor(List<Port> ports, boolean nodes) {
        this(ports, nodes, Scope.EVERYTHING);
    }

    private Surveyor(List<Port> ports, boolean nodes, Scope scope) {
        this.ports = List.copyOf(ports);
        this.nodes = nodes;
        this.scope = scope;
    }

    /// The same, asking about a part of the state alone.
    public Surveyor within(Scope scope) {
        return new Surveyor(ports, nodes, scope);
    }

    /// Bring the states about on a cluster, one after another, and survey each.
    ///
    /// @param surveys takes each as it is made
    public void survey(DescribedStates states, Cluster cluster, ScenarioJournal journal, Consumer<Survey> surveys) {
        var machines = machines(states, cluster.capabilities());
        var named = machines.stream().map(ExternalHost::name).collect(Collectors.toSet());
        try (var trial = Trial.begin(cluster, states.beside(machines).cast(), new BaselineNeeds(Set.of(), false), journal)) {
            if (!states.policies().isEmpty()) trial.apply(states.policies(), List.of(), 0);
            surveys.accept(survey(trial, 0, named));
            for (int step = 1; step <= states.later().size(); step++) {
                trial.apply(states.later().get(step - 1), List.of(), 0);
                surveys.accept(survey(trial, step, named));
            }
        }
    }

    /// One for each block of addresses that a policy of any state speaks of, where machines outside can be set up.
    private static List<ExternalHost> machines(DescribedStates states, Capabilities capabilities) {
        if (!capabilities.namesDrops()) return List.of();
        var byName = new LinkedHashMap<String, ExternalHost>();
        var state = states.first().after(states.policies());
        var taken = state.hosts().values().stream().flatMap(h -> h.addresses().stream()).collect(Collectors.toSet());
        for (int step = 0; step <= states.later().size(); step++) {
            if (step > 0) state = state.after(states.later().get(step - 1));
            for (var machine : Spoken.of(state).machines(capabilities.families())) {
                var there = byName.get(machine.name());
                if (there == null && !taken.add(machine.addresses().getFirst())) continue;
                byName.merge(machine.name(), machine, (a, b) -> new ExternalHost(a.name(),
                    Stream.concat(a.ports().stream(), b.ports().stream()).distinct().toList(), a.addresses()));
            }
        }
        return List.copyOf(byName.values());
    }

    /// @param machines those that are there for blocks of addresses alone
    private Survey survey(Trial trial, int step, Set<String> machines) {
        var capabilities = trial.capabilities();
        var spoken = Spoken.of(trial.state()).among(machines);
        var flows = flows(without(trial.state(), machines), trial.pods(), capabilities.families(), capabilities.protocols(), spoken);
        flows.removeIf(f -> trial.addresses().lacks(f.destination(), f.family()));
        var answers = trial.answers(flows.stream().<Probe>map(Probe.Reach::of).toList()).iterator();
        var oracle = trial.oracle();
        var lines = flows.stream().map(f -> new Survey.Line(f, oracle.expect(f), answers.next())).toList();
        return new Survey(words(capabilities), step, pods(trial.state(), trial.addresses(), trial.pods()), lines, oracle);
    }

    private static ClusterState without(ClusterState state, Set<String> hosts) {
        var kept = new HashMap<>(state.hosts());
        kept.keySet().removeAll(hosts);
        return new ClusterState(state.nodes(), state.namespaces(), state.pods(), state.services(), state.policies(), kept);
    }

    private static String words(Capabilities capabilities) {
        return capabilities.description();
    }

    /// Give what the policies demand, without a cluster.
    public List<Survey> expect(DescribedStates states, Addresses addresses, ClusterState first) {
        var surveys = new ArrayList<Survey>();
        var state = first.after(states.policies());
        for (int step = 0; step <= states.later().size(); step++) {
            if (step > 0) state = state.after(states.later().get(step - 1));
            var spoken = Spoken.of(state);
            var all = new HashMap<>(addresses.byEndpoint());
            all.putAll(spoken.addresses());
            var oracle = new Oracle(state, new Addresses(all, addresses.apiServers()));
            var pods = states.pods().stream().filter(state.pods()::containsKey).filter(scope::has).toList();
            var lines = flows(state, pods, List.of(Family.IPV4), Set.of(Protocol.values()), spoken).stream()
                .map(f -> new Survey.Line(f, oracle.expect(f), null)).toList();
            surveys.add(new Survey("nothing was probed", step, pods(state, addresses, pods), lines, oracle));
        }
        return surveys;
    }

    private List<Flow> flows(ClusterState state, Collection<NamespacedName> pods, List<Family> families, Set<Protocol> protocols,
            Spoken spoken) {
        var flows = new ArrayList<Flow>();
        for (var family : families) {
            for (var source : pods) {
                toPods(new Endpoint.Pod(source), state, pods, family, protocols, flows);
                toServices(new Endpoint.Pod(source), state, pods, family, protocols, flows);
                toHostPorts(new Endpoint.Pod(source), state, pods, family, protocols, flows);
                for (var host : hosts(state, family))
                    for (var port : host.ports())
                        add(new Endpoint.Pod(source), new Endpoint.Host(host.name()), port, family, protocols, flows);
            }
            spoken(spoken, state, pods, family, protocols, flows);
            for (var host : hosts(state, family)) {
                toPods(new Endpoint.Host(host.name()), state, pods, family, protocols, flows);
                toHostPorts(new Endpoint.Host(host.name()), state, pods, family, protocols, flows);
            }
            if (nodes) for (var node : state.nodes().keySet()) toPods(new Endpoint.Node(node), state, pods, family, protocols, flows);
        }
        return flows;
    }

    /// What policies speak of besides, if it is of the family; DNS and the API have every family that their pods have.
    private void spoken(Spoken spoken, ClusterState state, Collection<NamespacedName> pods, Family family, Set<Protocol> protocols,
            List<Flow> flows) {
        spoken.destinations().forEach((destination, on) -> {
            if (spoken.addresses().getOrDefault(destination, List.of()).stream().anyMatch(a -> Family.of(a) != family)) return;
            for (var source : pods) for (var port : on) add(new Endpoint.Pod(source), destination, port, family, protocols, flows);
        });
        for (var source : spoken.sources())
            if (spoken.addresses().getOrDefault(source, List.of()).stream().allMatch(a -> Family.of(a) == family))
                toPods(source, state, pods, family, protocols, flows);
    }

    private void toPods(Endpoint source, ClusterState state, Collection<NamespacedName> pods, Family family, Set<Protocol> protocols,
            List<Flow> flows) {
        for (var destination : pods)
            for (var port : served(state, destination)) add(source, new Endpoint.Pod(destination), port, family, protocols, flows);
    }

    private void toServices(Endpoint source, ClusterState state, Collection<NamespacedName> pods, Family family, Set<Protocol> protocols,
            List<Flow> flows) {
        for (var service : services(state, pods))
            for (var port : ports(service, state)) add(source, new Endpoint.Service(service.name()), port, family, protocols, flows);
    }

    /// The ports of nodes that lead to a container (hostPort), where it is known on which node that is.
    private void toHostPorts(Endpoint source, ClusterState state, Collection<NamespacedName> pods, Family family, Set<Protocol> protocols,
            List<Flow> flows) {
        for (var name : pods)
            if (state.pods().get(name) instanceof Pod pod && state.nodes().containsKey(pod.node()))
                for (var port : pod.ports())
                    if (port.hostPort() != 0)
                        add(source, new Endpoint.Node(pod.node()), new Port(port.port().protocol(), port.hostPort()), family, protocols,
                            flows);
    }

    /// The ports of a Service; those of what it leads to, if it is an alias.
    private static List<Port> ports(Service service, ClusterState state) {
        var own = service.ports().stream().map(Service.ServicePort::port).toList();
        if (!service.isAlias()) return own;
        return switch (ServiceEndpoints.followed(state, new Endpoint.Service(service.name()))) {
            case Endpoint.Service(var name) -> {
                var there = state.services().get(name);
                yield there == null || there.isAlias() ? List.of() : ports(there, state);
            }
            case Endpoint.Host(var name) -> state.hosts().containsKey(name) ? state.hosts().get(name).ports() : List.of();
            case Endpoint.KubernetesApi _ -> List.of(new Port(Protocol.TCP, 443));
            case Endpoint.Pod _, Endpoint.Node _, Endpoint.LoadBalancer _ -> own;
        };
    }

    /// Those that have an address of the family, or are given one of each.
    private static List<ExternalHost> hosts(ClusterState state, Family family) {
        return state.hosts().values().stream()
            .filter(h -> h.addresses().isEmpty() || h.addresses().stream().anyMatch(a -> a.contains(":") == (family == Family.IPV6)))
            .toList();
    }

    private void add(Endpoint from, Endpoint to, Port port, Family family, Set<Protocol> protocols, List<Flow> flows) {
        var flow = new Flow(from, to, port, family);
        if (protocols.contains(port.protocol()) && scope.isAbout(flow)) flows.add(flow);
    }

    private List<Port> served(ClusterState state, NamespacedName name) {
        var pod = state.pods().get(name);
        if (pod == null) return List.of();
        var served = LivenessPort.served(pod);
        return ports.isEmpty() ? served : served.stream().filter(ports::contains).toList();
    }

    private static List<Service> services(ClusterState state, Collection<NamespacedName> pods) {
        return state.services().values().stream().filter(s -> pods.stream().anyMatch(p -> p.namespace().equals(s.name().namespace())))
            .filter(s -> s.type() != Service.Type.HEADLESS && (s.isAlias() || !(s.selector().isEmpty() && s.endpoints().isEmpty())))
            .toList();
    }

    private static List<Survey.PodLine> pods(ClusterState state, Addresses addresses, Collection<NamespacedName> pods) {
        var lines = new ArrayList<Survey.PodLine>();
        for (var name : pods) {
            var pod = state.pods().get(name);
            if (pod != null)
                lines.add(
                    new Survey.PodLine(name.toString(), addresses.of(new Endpoint.Pod(name)).stream().map(a -> a.getHostAddress()).toList(),
                        pod.node()));
        }
        return lines;
    }
}
