package dev.lockdown.fingerprint;

import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.Needs;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.journal.Entry;
import dev.lockdown.manifest.Manifests;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.report.RunBuilder;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.state.Change;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import dev.lockdown.trial.BaselineNeeds;
import dev.lockdown.trial.ScenarioJournal;
import dev.lockdown.trial.Trial;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Two pods on two nodes and one beside the client, in a namespace of their own, to which things are done. Used by one thread.
final class Stage implements AutoCloseable {
    static final String NAMESPACE = "fingerprint";
    static final Endpoint.Pod CLIENT = Endpoint.Pod.of(NAMESPACE, "client");
    static final Endpoint.Pod SERVER = Endpoint.Pod.of(NAMESPACE, "server");
    static final Endpoint.Service SERVICE = new Endpoint.Service(new NamespacedName(NAMESPACE, "server"));
    static final Port TCP = new Port(Protocol.TCP, 8080);
    static final Port SECOND = new Port(Protocol.TCP, 8081);
    static final Port UDP = new Port(Protocol.UDP, 8080);
    private static final String ID = "fingerprint";
    private static final int LINE = 1;
    static final int TIMES = 3;
    private static final Duration ENOUGH = Duration.ofMillis(1500);

    private final Cluster cluster;
    private final Trial trial;
    private final RunBuilder entries = new RunBuilder();
    private final InstantSource clock;
    private final Family family;

    Stage(Backend backend, Needs needs, InstantSource clock) {
        this.clock = clock;
        cluster = backend.start(needs);
        try {
            family = cluster.capabilities().families().getFirst();
            take(new Entry.ScenarioStarted(clock.instant(), ID, ID, ID, null, ID, LINE, List.of()));
            var nodes = cluster.capabilities().nodes();
            var cast = List.<Change>of(new Change.ApplyNamespace(new Namespace(NAMESPACE, Map.of())),
                new Change.StartPod(pod("client", nodes.getFirst())),
                new Change.StartPod(pod("server", nodes.getLast())),
                new Change.ApplyService(new Service(SERVICE.name(), Map.of(), Map.of("app", "server"),
                    List.of(new Service.ServicePort("", TCP, new Service.TargetPort.Number(TCP.number()), 0)), Service.Type.CLUSTER_IP)));
            trial = Trial.begin(cluster, cast, new BaselineNeeds(Set.of(), false), new ScenarioJournal(ID, this::take, clock));
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /// On any thread: watches and connections write, too.
    private void take(Entry entry) {
        synchronized (entries) {
            entries.accept(entry);
        }
    }

    static Pod pod(String name, String node) {
        return new Pod(new NamespacedName(NAMESPACE, name), Map.of("app", name),
            List.of(new ContainerPort(TCP, "web", 0), new ContainerPort(SECOND, "", 0), new ContainerPort(UDP, "", 0)), node, false);
    }

    Flow flow(Endpoint from, Endpoint to, Port port) {
        return new Flow(from, to, port, family);
    }

    Probe reach(Endpoint from, Endpoint to, Port port) {
        return Probe.Reach.of(flow(from, to, port));
    }

    Probe ping(Endpoint from, Endpoint to) {
        return new Probe.Ping(from, to, family);
    }

    Trial trial() {
        return trial;
    }

    Cluster cluster() {
        return cluster;
    }

    String node(Endpoint.Pod pod) {
        return Objects.requireNonNull(cluster.state().pods().get(pod.name())).node();
    }

    String address(Endpoint endpoint) {
        return cluster.addresses().of(endpoint, family).map(a -> a.getHostAddress()).orElse("");
    }

    void apply(Change change) {
        apply(List.of(change));
    }

    void apply(List<Change> changes) {
        trial.apply(changes, List.of(), LINE);
    }

    /// Apply a policy, written as the `spec` of a NetworkPolicy in one line of YAML.
    void policy(String name, String spec) {
        policy(NAMESPACE, name, spec);
    }

    void policy(String namespace, String name, String spec) {
        var yaml = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: %s}\nspec: %s\n".formatted(name, spec);
        trial.apply(Manifests.readPolicies(Position.whole(ID), yaml, namespace).changes(), List.of(), LINE);
    }

    void withoutPolicies() {
        var names = new ArrayList<>(cluster.state().policies().keySet());
        names.removeIf(n -> !n.namespace().startsWith(NAMESPACE));
        trial.apply(names.stream().<Change>map(Change.DeletePolicy::new).toList(), List.of(), LINE);
    }

    /// What each probe sees, asked several times.
    List<Outcome> ask(Probe probe, int times) {
        var outcomes = new ArrayList<Outcome>();
        for (int i = 0; i < times; i++)
            outcomes.add(cluster.observe(List.of(probe), new Dialling(ENOUGH, 0)).getFirst().outcome());
        return outcomes;
    }

    /// What a probe sees, asked several times.
    Trait trait(String id, String question, Probe probe, String method) {
        var answers = new LinkedHashSet<String>();
        for (var outcome : ask(probe, TIMES)) answers.add(word(outcome));
        return new Trait(id, question, String.join(", then ", answers), method, TIMES);
    }

    /// What has been written so far, watches and connections that are still held included.
    ScenarioRun soFar() {
        synchronized (entries) {
            entries
                .accept(new Entry.StepFinished(clock.instant(), ID, LINE, 1, "Given", ID, null, Entry.Status.PASSED, Duration.ZERO, null));
            return entries.scenario(ID);
        }
    }

    @Override
    public void close() {
        try {
            trial.close();
        } finally {
            cluster.close();
        }
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Connected _, Outcome.Resolved _ -> "open";
            case Outcome.TimedOut _ -> "dropped";
            case Outcome.Refused _ -> "rejected (refused)";
            case Outcome.Unreachable(var icmp) -> switch (icmp) {
                case NO_ROUTE -> "rejected (no route)";
                case HOST -> "rejected (host unreachable)";
                case ADMINISTRATIVELY_PROHIBITED -> "rejected (administratively prohibited)";
            };
            case Outcome.Misdirected(var by) -> "answered by " + by;
            case Outcome.Unresolved(_, var why) -> why;
            case Outcome.ProbeFailed(var cause) -> "not known: " + cause;
        };
    }
}
