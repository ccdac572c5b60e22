package dev.lockdown.cluster.kubernetes.system;

import dev.lockdown.cluster.DifferingFlow;
import dev.lockdown.cluster.NodeDump;
import dev.lockdown.cluster.NodeDump.Kind;
import dev.lockdown.cluster.NodeDump.Part;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.probe.AgentClock;
import dev.lockdown.state.OutsideText;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what nodes have programmed, by the tools of their network plugin's agents: those have the rights and the programs already, so that
/// nothing is to be allowed for it but to run a program in their pods.
///
/// All of it at the same time and within a bounded one. What could not be read is said. Throws nothing.
///
/// @param threads for calls that wait
/// @param nodes their names in the cluster, by the state's
/// @param namespaces the state's names, by those in the cluster, where they differ
/// @param pods their names in the cluster, by the state's, where they differ
/// @param mayExec whether the user may run programs in pods
/// @param wording says for people why a call failed
/// @param longest for all of it
public record NodeDumps(KubernetesClient client, ExecutorService threads, Map<String, String> nodes, Map<String, String> namespaces,
        Map<NamespacedName, String> pods, BooleanSupplier mayExec, Function<KubernetesClientException, String> wording, Duration longest) {
    private static final int LOG_LINES = 200;
    private static final String REFUSED = "the user of this kubeconfig may not create pods/exec, which lets its rules be read";

    public NodeDumps {
        nodes = Map.copyOf(nodes);
        namespaces = Map.copyOf(namespaces);
        pods = Map.copyOf(pods);
    }

    /// @param since how far back the agents' logs are wanted
    public List<NodeDump> of(List<DifferingFlow> flows, Duration since) {
        long until = AgentClock.nanos() + longest.toNanos();
        var wanted = flows.stream().flatMap(f -> f.nodes().stream()).filter(nodes::containsKey).distinct().toList();
        var allowed = threads.submit(mayExec::getAsBoolean);
        var open = wanted.stream()
            .map(node -> new Open(node, threads.submit(() -> begin(node, flows.stream().filter(f -> f.nodes().contains(node)).toList(),
                since, allowed)), new ArrayList<>(), new ArrayList<>()))
            .toList();
        return open.stream().map(o -> ended(o, until)).toList();
    }

    /// What is being read of a node.
    private record Open(String node, Future<List<UnderWay>> begun, List<Part> parts, List<String> unread) {}

    private record UnderWay(RuleReading reading, Pod pod, Future<String> output) {}

    private List<UnderWay> begin(String node, List<DifferingFlow> flows, Duration since, Future<Boolean> allowed)
            throws InterruptedException, ExecutionException {
        var pods = new CniAgent(client, nodes.getOrDefault(node, node)).there();
        if (pods.isEmpty()) throw new IllegalStateException("no pod of a network plugin runs there, which would have its rules read");
        var all = new ArrayList<UnderWay>();
        boolean exec = allowed.get();
        for (var pod : pods) {
            var container = pod.getSpec().getContainers().getFirst().getName();
            for (var reading : RuleReading.of(container, flows))
                all.add(new UnderWay(reading, pod, threads.submit(() -> {
                    if (!exec) throw new IllegalStateException(REFUSED);
                    return run(reading, pod);
                })));
            all.add(new UnderWay(new RuleReading(Kind.LOG, "log of " + container, List.of(), false), pod, threads.submit(log(pod, since))));
        }
        return all;
    }

    private String run(RuleReading reading, Pod pod) {
        IllegalStateException first = null;
        for (var command : reading.commands())
            try {
                return new PodCommand(client, pod).run(command.toArray(String[]::new));
            } catch (IllegalStateException e) {
                if (first == null) first = e;
            }
        throw first == null ? new IllegalStateException("nothing to run") : first;
    }

    private Callable<String> log(Pod pod, Duration since) {
        return () -> client.pods().inNamespace(pod.getMetadata().getNamespace()).withName(pod.getMetadata().getName())
            .inContainer(pod.getSpec().getContainers().getFirst().getName()).sinceSeconds((int) since.toSeconds() + 1)
            .tailingLines(LOG_LINES).getLog();
    }

    private NodeDump ended(Open open, long until) {
        var begun = result("what is programmed", open.begun, until, open.unread);
        if (begun != null)
            for (var way : begun) {
                var unread = new ArrayList<String>();
                var output = result(way.reading.tool(), way.output, until, unread);
                if (!way.reading.optional()) unread.stream().filter(u -> !open.unread.contains(u)).forEach(open.unread::add);
                if (output != null && !output.isBlank())
                    open.parts.add(new Part(way.reading.kind(), way.reading.tool(), OutsideText.withoutSecrets(output)));
            }
        return new NodeDump(open.node, open.parts, namespaces, pods, open.unread);
    }

    /// What came of it, or null and a sentence that says why nothing did.
    private <T> @Nullable T result(String what, Future<T> under, long until, List<String> unread) {
        try {
            return under.get(Math.max(0, until - AgentClock.nanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            unread.add("%s was not read within %s s".formatted(what, longest.toSeconds()));
        } catch (ExecutionException e) {
            unread.add(why(what, Objects.requireNonNull(e.getCause())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            unread.add("%s was not read: interrupted".formatted(what));
        }
        under.cancel(true);
        return null;
    }

    private String why(String what, Throwable cause) {
        var because = switch (cause) {
            case KubernetesClientException e -> wording.apply(e);
            case IllegalStateException e -> String.valueOf(e.getMessage());
            default -> cause.toString();
        };
        var said = OutsideText.withoutSecrets(because);
        return because.equals(REFUSED) ? said : "%s was not read: %s".formatted(what, said);
    }
}
