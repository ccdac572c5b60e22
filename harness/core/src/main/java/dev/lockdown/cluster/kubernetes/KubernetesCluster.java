package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.Applied;
import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.Disruption;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Probe;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one scenario sees of a cluster behind a Kubernetes API. Closing it removes its policies and Services; its pods stay for the next.
final class KubernetesCluster implements Cluster {
    private final KubernetesClient client;
    private final Capabilities capabilities;
    private final Landscape landscape;
    private final Settings settings;
    private final Troupe troupe;
    private final Threads threads;
    private final Map<String, AgentPod> nodeAgents;
    private final Deadlines deadlines;
    private final InstantSource clock;
    private final Trust trust;
    private final Map<NamespacedName, List<InetAddress>> serviceAddresses = new HashMap<>();
    private final Map<NamespacedName, Service> madeServices = new HashMap<>();
    private final Set<NamespacedName> policies = new LinkedHashSet<>();
    private ClusterState state;
    private Addresses addresses;
    private boolean fresh = true;
    private boolean closed;

    /// Whether the canary has sung on this cluster.
    static final class Trust {
        private boolean earned;
    }

    KubernetesCluster(KubernetesClient client, Capabilities capabilities, Landscape landscape, Settings settings, Troupe troupe,
            Threads threads, Map<String, AgentPod> nodeAgents, Deadlines deadlines, InstantSource clock, Trust trust) {
        this.client = client;
        this.capabilities = capabilities;
        this.landscape = landscape;
        this.settings = settings;
        this.troupe = troupe;
        this.threads = threads;
        this.nodeAgents = nodeAgents;
        this.deadlines = deadlines;
        this.clock = clock;
        this.trust = trust;
        state = first(landscape);
        addresses = located();
    }

    private static ClusterState first(Landscape landscape) {
        var changes = new ArrayList<Change>();
        landscape.namespaces().values().forEach(n -> changes.add(new Change.ApplyNamespace(n)));
        landscape.dns().pods().keySet().forEach(p -> changes.add(new Change.StartPod(p)));
        changes.add(new Change.ApplyService(landscape.dns().service()));
        return ClusterState.ofNodes(landscape.nodes().stream().map(n -> new dev.lockdown.state.Node(n.alias(), n.labels())).toList())
            .after(changes);
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public ClusterState state() {
        return state;
    }

    @Override
    public Addresses addresses() {
        return addresses;
    }

    @Override
    public boolean isTrusted() {
        return trust.earned;
    }

    @Override
    public void trust() {
        trust.earned = true;
    }

    @Override
    public Applied apply(List<Change> changes) {
        state.after(changes);
        refuse(changes);
        if (fresh) clear(changes);
        fresh = false;
        Instant sent = clock.instant();
        try {
            for (int i = 0; i < changes.size();) {
                var starting = run(changes, i, Change.StartPod.class);
                var stopping = run(changes, i, Change.StopPod.class);
                if (!starting.isEmpty()) start(starting.stream().map(Change.StartPod::pod).toList());
                else if (!stopping.isEmpty()) troupe.stop(stopping.stream().map(Change.StopPod::name).toList());
                else make(changes.get(i), changes);
                int done = Math.max(1, starting.size() + stopping.size());
                state = state.after(located(changes.subList(i, i + done)));
                i += done;
            }
        } catch (KubernetesClientException e) {
            throw refused(e);
        }
        addresses = located();
        return new Applied(sent, clock.instant());
    }

    /// Those changes from an index on that are of one kind, for which pods are started and stopped all at once.
    private static <T extends Change> List<T> run(List<Change> changes, int from, Class<T> kind) {
        var run = new ArrayList<T>();
        for (int i = from; i < changes.size() && kind.isInstance(changes.get(i)); i++) run.add(kind.cast(changes.get(i)));
        return run;
    }

    /// Nothing that was there before is touched.
    private void refuse(List<Change> changes) {
        for (var change : changes) {
            var namespace = namespace(change);
            if (namespace != null && landscape.namespaces().containsKey(namespace) && !settings.namespaces().containsKey(namespace))
                throw troupe.notOurs(namespace);
            switch (change) {
                case Change.StartPod(var pod) when !pod.node().isEmpty() && !state.nodes().containsKey(pod.node()) ->
                    throw new UnsupportedException("pod %s wants the node \"%s\"; there are: %s".formatted(pod.name(), pod.node(),
                        String.join(", ", state.nodes().keySet())));
                default -> {}
            }
        }
    }

    /// The namespace, by the features' name, in which a change makes, changes or removes something.
    private static @Nullable String namespace(Change change) {
        return switch (change) {
            case Change.ApplyNamespace(var n) -> n.name();
            case Change.DeleteNamespace(var name) -> name;
            case Change.RelabelNamespace(var name, _) -> name;
            case Change.StartPod(var pod) -> pod.name().namespace();
            case Change.StopPod(var name) -> name.namespace();
            case Change.RelabelPod(var name, _) -> name.namespace();
            case Change.ApplyService(var service) -> service.name().namespace();
            case Change.DeleteService(var name) -> name.namespace();
            case Change.ApplyPolicy(var policy) -> policy.name().namespace();
            case Change.DeletePolicy(var name) -> name.namespace();
            case Change.AddHost _ -> null;
        };
    }

    private void clear(List<Change> changes) {
        var cast = new HashSet<NamespacedName>();
        var used = new HashSet<String>();
        for (var change : changes)
            switch (change) {
            case Change.StartPod(var pod) -> {
                cast.add(pod.name());
                used.add(pod.name().namespace());
            }
            case Change.ApplyNamespace(var namespace) -> used.add(namespace.name());
            default -> {}
            }
        troupe.clear(used, cast);
    }

    private void start(List<Pod> pods) {
        for (var namespace : pods.stream().filter(Pod::hostNetwork).map(p -> p.name().namespace()).distinct().toList())
            troupe.namespace(Objects.requireNonNull(state.namespaces().get(namespace)), true);
        troupe.start(pods);
    }

    private void make(Change change, List<Change> all) {
        switch (change) {
            case Change.ApplyNamespace(var namespace) -> troupe.namespace(namespace, opens(namespace.name(), all));
            case Change.DeleteNamespace(var name) -> troupe.delete(name);
            case Change.ApplyService(var service) -> {
                troupe.requireOurs("Service", service.name(), client.services());
                var made = client.resource(troupe.objects().service(service)).forceConflicts().serverSideApply();
                madeServices.put(service.name(), withNodePorts(service, made));
                serviceAddresses.put(service.name(), made.getSpec().getClusterIPs().stream().filter(a -> !a.equals("None"))
                    .map(InetAddress::ofLiteral).toList());
            }
            case Change.DeleteService(var name) -> {
                client.services().inNamespace(troupe.names().namespace(name.namespace())).withName(name.name()).delete();
                serviceAddresses.remove(name);
            }
            case Change.ApplyPolicy(var policy) -> {
                troupe.requireOurs("NetworkPolicy", policy.name(), client.network().v1().networkPolicies());
                policies.add(policy.name());
                client.resource(troupe.objects().policy(policy)).forceConflicts().serverSideApply();
            }
            case Change.DeletePolicy(var name) -> delete(name);
            case Change.RelabelPod(var name, var labels) -> troupe.relabel(name, labels);
            case Change.RelabelNamespace(var name, var labels) -> troupe.relabel(new dev.lockdown.state.Namespace(name, labels));
            case Change.AddHost _ -> {}
            case Change.StartPod _, Change.StopPod _ -> throw new IllegalArgumentException("pods are started and stopped together");
        }
    }

    private static Service withNodePorts(Service service, io.fabric8.kubernetes.api.model.Service made) {
        var ports = service.ports().stream().map(p -> made.getSpec().getPorts().stream()
            .filter(m -> m.getPort() == p.port().number() && m.getProtocol().equals(p.port().protocol().name()) && m.getNodePort() != null)
            .findFirst().map(m -> new Service.ServicePort(p.name(), p.port(), p.target(), m.getNodePort())).orElse(p)).toList();
        return new Service(service.name(), service.labels(), service.selector(), ports, service.type());
    }

    private static boolean opens(String namespace, List<Change> changes) {
        return changes.stream().anyMatch(
            c -> c instanceof Change.StartPod(var pod) && pod.hostNetwork() && pod.name().namespace().equals(namespace));
    }

    private void delete(NamespacedName policy) {
        client.network().v1().networkPolicies().inNamespace(troupe.names().namespace(policy.namespace())).withName(policy.name()).delete();
        policies.remove(policy);
    }

    /// The same changes, with the nodes on which the pods really are, and the node ports that Services were given.
    private List<Change> located(List<Change> changes) {
        return changes.stream().map(c -> switch (c) {
            case Change.StartPod(var pod) when troupe.get(pod.name()) instanceof AgentPod there ->
                (Change) new Change.StartPod(pod.onNode(there.pod().node()));
            case Change.ApplyService(var service) -> new Change.ApplyService(madeServices.getOrDefault(service.name(), service));
            default -> c;
        }).toList();
    }

    private Addresses located() {
        var all = new HashMap<Endpoint, List<InetAddress>>();
        for (var node : landscape.nodes()) all.put(new Endpoint.Node(node.alias()), node.addresses());
        landscape.dns().pods().forEach((pod, given) -> all.put(new Endpoint.Pod(pod.name()), given));
        for (var name : state.pods().keySet()) {
            var pod = troupe.get(name);
            if (pod != null) all.put(new Endpoint.Pod(name), pod.addresses());
        }
        serviceAddresses.forEach((name, given) -> all.put(new Endpoint.Service(name), given));
        all.put(new Endpoint.Service(Landscape.DNS), landscape.dns().serviceAddresses());
        all.put(new Endpoint.Service(Landscape.API), landscape.apiService());
        all.put(new Endpoint.KubernetesApi(), landscape.apiService());
        for (var host : state.hosts().values()) {
            var external = settings.externals().get(host.name());
            if (external != null) all.put(new Endpoint.Host(host.name()), List.of(InetAddress.ofLiteral(external.address())));
        }
        return new Addresses(all, landscape.apiServers());
    }

    @Override
    public List<Observation> observe(List<Probe> probes, Dialling how) {
        return new Questions(whereabouts(), clock, threads, deadlines.travel()).ask(probes, how);
    }

    private Whereabouts whereabouts() {
        return new Whereabouts(state, addresses, troupe, nodeAgents, settings.externals());
    }

    @Override
    public int readToken(Endpoint.Pod pod) {
        return new Questions(whereabouts(), clock, threads, deadlines.travel()).tokenLength(pod.name());
    }

    @Override
    public Disruption.Ongoing begin(Disruption disruption) {
        if (!settings.allowDisruptive() && !(disruption instanceof Disruption.PodRecreated))
            throw new UnsupportedException("it could hurt others on this cluster; --allow-disruptive allows it");
        trust.earned = false;
        try {
            return switch (disruption) {
                case Disruption.CniAgentKilled(var node) -> new CniAgent(client, landscape.named(node)).kill();
                case Disruption.PodRecreated(var pod) -> recreate(pod);
                case Disruption.NodeRestarted _, Disruption.ApiCut _ ->
                    throw new UnsupportedException("a kubeconfig gives no hold of the nodes themselves: " + disruption);
            };
        } catch (KubernetesClientException e) {
            throw refused(e);
        }
    }

    private Disruption.Ongoing recreate(NamespacedName pod) {
        troupe.recreate(pod);
        addresses = located();
        return () -> {};
    }

    private static ClusterException refused(KubernetesClientException e) {
        return new ClusterException(
            (e.getCode() > 0 ? "the Kubernetes API refused: " : "the Kubernetes API did not answer: ") + Refusal.words(e), e);
    }

    @Override
    public void close() {
        if (!settings.keep()) clear();
    }

    /// Remove the policies and Services: first the scenario's policies and then the harness's, so that the canary's flows open last.
    /// Repeatable.
    void clear() {
        if (closed) return;
        try {
            policies.stream().filter(p -> !p.namespace().startsWith("lockdown-")).toList().forEach(this::delete);
            List.copyOf(policies).forEach(this::delete);
            for (var service : serviceAddresses.keySet())
                client.services().inNamespace(troupe.names().namespace(service.namespace())).withName(service.name()).delete();
            closed = true;
        } catch (KubernetesClientException e) {
            throw refused(e);
        }
    }
}
