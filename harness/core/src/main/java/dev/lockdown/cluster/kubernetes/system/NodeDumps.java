package dev.lockdown.cluster.kubernetes.system;

import dev.lockdown.cluster.DifferingFlow;
import dev.lockdown.cluster.NodeDump;
import dev.lockdown.cluster.NodeDump.Kind;
import dev.lockdown.cluster.NodeDump.Part;
import dev.lockdown.cluster.kubernetes.system.NodeTools.Told;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.probe.AgentClock;
import dev.lockdown.state.OutsideText;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
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
/// Where a program cannot be run in them, or there are none, another way to the node's tools is taken as far as the user allows one.
///
/// All of it at the same time and within a bounded one. What could not be read is said. Throws nothing.
///
/// @param threads for calls that wait
/// @param nodes their names in the cluster, by the state's
/// @param namespaces the state's names, by those in the cluster, where they differ
/// @param pods their names in the cluster, by the state's, where they differ
/// @param tools the other way; null where it is not allowed
/// @param mayExec whether the user may run programs in pods
/// @param wording says for people why a call failed
/// @param longest for all of it
public record NodeDumps(KubernetesClient client, ExecutorService threads, Map<String, String> nodes, Map<String, String> namespaces,
        Map<NamespacedName, String> pods, @Nullable NodeTools tools, BooleanSupplier mayExec,
        Function<KubernetesClientException, String> wording, Duration longest) {
    private static final int LOG_LINES = 200;
    private static final String REFUSED = "the user of this kubeconfig may not create pods/exec, which lets its rules be read";
    private static final String NO_POD = "no pod of a network plugin runs there, which would have its rules read";
    /// What has it read without that.
    public static final String OPTION = "--allow-node-pods has a privileged pod on the node read them";

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
    private record Open(String node, Future<Begun> begun, List<Part> parts, List<String> unread) {}

    /// @param more what could not be read so is read by another way, behind it
    private record Begun(List<UnderWay> ways, Future<Map<RuleReading, Told>> more) {}

    private record UnderWay(RuleReading reading, Future<String> output) {}

    private Begun begin(String node, List<DifferingFlow> flows, Duration since, Future<Boolean> allowed)
            throws InterruptedException, ExecutionException {
        var name = nodes.getOrDefault(node, node);
        var pods = new CniAgent(client, name).there();
        if (pods.isEmpty() && tools == null) throw new IllegalStateException("%s; %s".formatted(NO_POD, OPTION));
        var all = new ArrayList<UnderWay>();
        boolean exec = allowed.get();
        for (var pod : pods) {
            var container = pod.getSpec().getContainers().getFirst().getName();
            for (var reading : RuleReading.of(container, flows)) all.add(new UnderWay(reading, threads.submit(() -> {
                if (!exec) throw new IllegalStateException(REFUSED);
                return run(reading, pod);
            })));
            all.add(new UnderWay(new RuleReading(Kind.LOG, "log of " + container, List.of(), false), threads.submit(log(pod, since))));
        }
        if (pods.isEmpty())
            for (var reading : RuleReading.of("", flows))
                all.add(new UnderWay(reading, CompletableFuture.failedFuture(new IllegalStateException(NO_POD))));
        return new Begun(all, threads.submit(() -> more(name, pods, all)));
    }

    private Map<RuleReading, Told> more(String node, List<Pod> pods, List<UnderWay> ways) throws InterruptedException {
        if (tools == null) return Map.of();
        var failed = new ArrayList<RuleReading>();
        for (var way : ways)
            if (!way.reading.commands().isEmpty() && !isRead(way.output) && !failed.contains(way.reading)) failed.add(way.reading);
        if (failed.isEmpty()) return Map.of();
        var told = tools.read(node, CniAgent.containers(pods),
            failed.stream().map(r -> r.commands().stream().map(c -> String.join(" ", c)).toList()).toList());
        var all = new HashMap<RuleReading, Told>();
        for (int i = 0; i < failed.size(); i++) all.put(failed.get(i), told.get(i));
        return all;
    }

    private static boolean isRead(Future<String> output) throws InterruptedException {
        try {
            output.get();
            return true;
        } catch (ExecutionException | CancellationException _) {
            return false;
        }
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
        if (begun == null) return new NodeDump(open.node, open.parts, namespaces, pods, open.unread);
        var read = new HashMap<UnderWay, String>();
        var failed = new LinkedHashMap<UnderWay, List<String>>();
        for (var way : begun.ways) {
            var unread = new ArrayList<String>();
            var output = result(way.reading.tool(), way.output, until, unread);
            if (output == null) failed.put(way, unread);
            else read.put(way, output);
        }
        var unmore = new ArrayList<String>();
        var more = failed.isEmpty() ? Map.<RuleReading, Told>of() : result("what a pod on the node was to read", begun.more, until, unmore);
        failed.forEach((way, unread) -> {
            switch (more == null ? null : more.get(way.reading)) {
                case Told.Wrote(var text) -> read.put(way, text);
                case Told.Failed(var why) -> unread(open, way, List.of("%s was not read: %s".formatted(way.reading.tool(), why)));
                case null -> unread(open, way, unread);
            }
        });
        open.unread.addAll(unmore);
        for (var way : begun.ways) {
            var output = read.getOrDefault(way, "");
            var part = new Part(way.reading.kind(), way.reading.tool(), OutsideText.withoutSecrets(output));
            if (!output.isBlank() && !open.parts.contains(part)) open.parts.add(part);
        }
        if (tools == null && open.parts.stream().noneMatch(p -> p.kind() != Kind.LOG)
            && open.unread.stream().noneMatch(u -> u.contains(OPTION)))
            open.unread.add(OPTION);
        return new NodeDump(open.node, open.parts, namespaces, pods, open.unread);
    }

    private static void unread(Open open, UnderWay way, List<String> why) {
        if (!way.reading.optional()) why.stream().filter(u -> !open.unread.contains(u)).forEach(open.unread::add);
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
        if (because.equals(REFUSED)) return tools == null ? "%s; %s".formatted(said, OPTION) : said;
        return "%s was not read: %s".formatted(what, said);
    }
}
