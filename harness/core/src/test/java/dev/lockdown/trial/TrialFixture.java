package dev.lockdown.trial;

import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.embedded.EmbeddedBackend;
import dev.lockdown.cluster.embedded.EmbeddedCluster;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.journal.Entry;
import dev.lockdown.state.Change;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Direction;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.Pod;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Scope;
import dev.lockdown.verdict.Wanted;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Two pods of a shop on an embedded cluster, one on each node, and a trial of them.
final class TrialFixture implements AutoCloseable {
    static final Endpoint.Pod WEB = Endpoint.Pod.of("shop", "web");
    static final Endpoint.Pod API = Endpoint.Pod.of("shop", "api");
    static final Port PORT = Port.parse("TCP/8080");

    final List<Entry> journal = new ArrayList<>();
    final EmbeddedCluster cluster;
    private final EmbeddedBackend backend;

    TrialFixture(String... defects) {
        this(EmbeddedBackend.defective(InstantSource.system(), List.of(defects)));
    }

    TrialFixture(EmbeddedBackend backend) {
        this.backend = backend;
        cluster = backend.start(Needs.DEFAULT);
    }

    Trial begin() {
        return begin(ForeseenFlows.EVERY);
    }

    Trial begin(ForeseenFlows foreseen) {
        return begin(cluster, foreseen);
    }

    /// @param seen the cluster, or one that stands before it
    Trial begin(Cluster seen) {
        return begin(seen, ForeseenFlows.EVERY);
    }

    private Trial begin(Cluster seen, ForeseenFlows foreseen) {
        return begin(seen, foreseen, false);
    }

    /// @param lines of the changes before which it is looked what is open
    Trial beginComparing(Set<Integer> lines) {
        return begin(cluster, new ForeseenFlows.Every(Set.of(), lines), true);
    }

    private Trial begin(Cluster seen, ForeseenFlows foreseen, boolean opened) {
        return Trial.begin(seen,
            List.of(new Change.ApplyNamespace(new Namespace("shop", Map.of())), new Change.StartPod(pod(WEB, "node-2")),
                new Change.StartPod(pod(API, "node-1")),
                new Change.AddHost(new ExternalHost("partner.example", List.of(Port.parse("TCP/443")), List.of()))),
            new BaselineNeeds(Set.of(new BaselineNeeds.Name("partner.example", Probe.Transport.EITHER)), opened).of(foreseen),
            new ScenarioJournal("test", journal::add, InstantSource.system()));
    }

    private static Pod pod(Endpoint.Pod pod, String node) {
        return new Pod(pod.name(), Map.of("app", pod.name().name()), List.of(ContainerPort.unnamed(PORT)), node, false);
    }

    static List<Change> deny(Direction... directions) {
        return List.of(new Change.ApplyPolicy(new NetworkPolicy(new NamespacedName("shop", "deny"), LabelSelector.EVERYTHING,
            EnumSet.copyOf(List.of(directions)), List.of(), List.of())));
    }

    static List<Question> ask(Wanted wanted) {
        return List.of(Question.of(Probe.Reach.of(Flow.of(WEB, API, PORT)), wanted, 1));
    }

    /// Claim and judge, as a block of one step does.
    static void verify(Trial trial, List<Question> questions, int line) {
        trial.claim(new Scope.Named(), questions, line);
        for (var error : trial.judge().values()) throw error;
    }

    @Override
    public void close() {
        cluster.close();
        backend.close();
    }
}
