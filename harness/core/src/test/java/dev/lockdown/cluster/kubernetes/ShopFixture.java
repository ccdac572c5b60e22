package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.WaitListener;
import dev.lockdown.cluster.kubernetes.nodes.Maintenance;
import dev.lockdown.cluster.kubernetes.outside.External;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.state.Change;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Joins a stub as a user of the shipped role does, with a shop of two pods to try it on.
final class ShopFixture {
    static final Set<String> RIGHTS =
        Stream.concat(AccessReview.NEEDED.stream(), AccessReview.WANTED.stream())
            .flatMap(r -> r.verbs().stream().map(v -> v + " " + r.resource())).collect(Collectors.toSet());
    static final Port PORT = Port.parse("TCP/8080");
    static final Probe FLOW = Probe.Reach.of(Flow.of(Endpoint.Pod.of("shop", "web"), Endpoint.Pod.of("shop", "api"), PORT));
    static final Change DENY = new Change.ApplyPolicy(new NetworkPolicy(new NamespacedName("shop", "deny"), LabelSelector.EVERYTHING,
        Set.of(Direction.INGRESS), List.of(), List.of()));
    static final List<Change> CAST = List.of(new Change.ApplyNamespace(new Namespace("shop", Map.of())),
        new Change.StartPod(pod("web", "node-2")), new Change.StartPod(pod("api", "node-1")));

    private ShopFixture() {}

    static Pod pod(String name, String node) {
        return new Pod(new NamespacedName("shop", name), Map.of("app", name), List.of(ContainerPort.unnamed(PORT)), node, false);
    }

    /// For what is awaited in vain. What does come has the usual time for its way, since a busy machine takes seconds.
    static final Deadlines SHORT = near(Duration.ofSeconds(10));

    /// For agents that cannot be reached.
    static final Deadlines SHORT_TRAVEL = near(Duration.ofSeconds(2));

    private static Deadlines near(Duration travel) {
        return new Deadlines(Duration.ofMillis(25), Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(3),
            Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(1), travel, Duration.ofSeconds(2), Duration.ofSeconds(5));
    }

    /// For agents that are processes, of which several start at the same time.
    static final Deadlines LONG = new Deadlines(Duration.ofMillis(50), Duration.ofSeconds(10), Duration.ofSeconds(30),
        Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(5),
        Duration.ofSeconds(2), Duration.ofSeconds(3));

    static KubernetesBackend join(StubApi stub, Path folder) {
        return join(stub, settings(folder), SHORT);
    }

    static KubernetesBackend join(StubApi stub, Settings settings, Deadlines deadlines) {
        return join(stub, settings, deadlines, Maintenance.NONE);
    }

    static KubernetesBackend join(StubApi stub, Settings settings, Deadlines deadlines, Maintenance maintenance) {
        return KubernetesBackend.join(new Access.Text(stub.kubeconfig()), settings, deadlines, maintenance, InstantSource.system(),
            KubernetesBackend.Harness.own(WaitListener.NONE));
    }

    static Settings settings(Path folder) {
        return settings(folder, "run-1");
    }

    static Settings settings(Path folder, String run) {
        return new Settings(run, Settings.AGENT_IMAGE, Map.of(),
            Map.of("partner.example", new External.Elsewhere("203.0.113.2", 0)), false, false, false, false, false,
            folder.resolve(run.equals("run-1") ? "ledger" : run));
    }
}
