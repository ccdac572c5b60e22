package dev.lockdown.trial;

import dev.lockdown.cluster.HarnessNamespaces;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Change;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.Pod;
import dev.lockdown.verdict.SentinelPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The harness's own pods and policies, by which a cluster shows that it enforces before anything is believed of it.
///
/// Every node has a `guarded` pod, which the ingress policy isolates, and a `caged` one, which the egress policy does. One
/// `bystander` is never isolated: it dials the guarded and is dialled by the caged, so each flow's fate hangs on one node, one
/// direction. One pod isolated in both would not do: where a plugin takes for a reply what is none, such a pod's flows stay open, and nothing would
/// be believed of the cluster where a feature shows what is wrong with it.
final class Canary {
    static final String NAMESPACE = HarnessNamespaces.CANARY;
    private static final List<Port> PORTS = List.of(new Port(Protocol.TCP, 8080), new Port(Protocol.UDP, 8080));
    private static final Endpoint.Pod BYSTANDER = Endpoint.Pod.of(NAMESPACE, "bystander");

    private final List<String> nodes;
    private final List<Family> families;

    Canary(List<String> nodes, List<Family> families) {
        this.nodes = List.copyOf(nodes);
        this.families = List.copyOf(families);
    }

    /// Everything the canary needs in the cluster.
    List<Change> cast() {
        var changes = new ArrayList<Change>();
        changes.add(new Change.ApplyNamespace(new Namespace(NAMESPACE, Map.of())));
        changes.add(new Change.StartPod(pod(BYSTANDER.name(), "bystander", nodes.getFirst())));
        for (var node : nodes) {
            changes.add(new Change.StartPod(pod(guarded(node).name(), "guarded", node)));
            changes.add(new Change.StartPod(pod(caged(node).name(), "caged", node)));
        }
        return changes;
    }

    /// Isolate the guarded and the caged, each in its one direction.
    List<Change> shut() {
        return List.of(new Change.ApplyPolicy(isolation("guarded", Direction.INGRESS)),
            new Change.ApplyPolicy(isolation("caged", Direction.EGRESS)));
    }

    List<Change> reopen() {
        return List.of(new Change.DeletePolicy(policyName("guarded")), new Change.DeletePolicy(policyName("caged")));
    }

    /// One probe for each node, direction, protocol and family.
    List<Probe> probes() {
        var probes = new ArrayList<Probe>();
        for (var family : families)
            for (var port : PORTS)
                for (var node : nodes) {
                    probes.add(Probe.Reach.of(new Flow(BYSTANDER, guarded(node), port, family)));
                    probes.add(Probe.Reach.of(new Flow(caged(node), BYSTANDER, port, family)));
                }
        return probes;
    }

    /// Where and in which direction a canary probe would have been stopped.
    static SentinelPlace place(Probe probe) {
        var flow = ((Probe.Reach) probe).flow();
        var direction = flow.source().equals(BYSTANDER) ? Direction.INGRESS : Direction.EGRESS;
        return new SentinelPlace(direction, nodeOf(flow), flow.port().protocol(), flow.family());
    }

    private static String nodeOf(Flow flow) {
        var end = flow.source().equals(BYSTANDER) ? flow.destination() : flow.source();
        var name = ((Endpoint.Pod) end).name().name();
        return name.substring(name.indexOf('-') + 1);
    }

    /// The pod that no policy ever isolates: an exempt twin for every source.
    static Endpoint.Pod bystander() {
        return BYSTANDER;
    }

    private static Endpoint.Pod guarded(String node) {
        return Endpoint.Pod.of(NAMESPACE, "guarded-" + node);
    }

    private static Endpoint.Pod caged(String node) {
        return Endpoint.Pod.of(NAMESPACE, "caged-" + node);
    }

    private static Pod pod(NamespacedName name, String role, String node) {
        return new Pod(name, Map.of("lockdown.dev/canary", role), PORTS.stream().map(ContainerPort::undeclared).toList(), node, false);
    }

    private static NamespacedName policyName(String role) {
        return new NamespacedName(NAMESPACE, "isolate-" + role);
    }

    private static NetworkPolicy isolation(String role, Direction direction) {
        return new NetworkPolicy(policyName(role), LabelSelector.labels(Map.of("lockdown.dev/canary", role)), Set.of(direction), List.of(),
            List.of());
    }
}
