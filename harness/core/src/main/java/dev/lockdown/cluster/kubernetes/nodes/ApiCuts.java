package dev.lockdown.cluster.kubernetes.nodes;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.state.Addresses.ApiServer;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Cuts nodes off from the API servers of their cluster, each by a pod on it that drops packets to the addresses of the Service
/// `default/kubernetes` behind its translation, `api-cut.sh`. A plugin whose own packets pass by the kernel's packet filter is not cut off.
///
/// The script ends at its time by itself. Should it be killed, the kernel lets go of its rules half a minute later, where it can tell the
/// time.
///
/// ```java
/// cuts.requirePossible(List.of("worker-1"));
/// try (var cut = cuts.begin(List.of("worker-1"), Duration.ofSeconds(30))) { … }
/// ```
public final class ApiCuts {
    /// Beside its time, until it is over whatever becomes of the harness.
    public static final Duration GRACE = Duration.ofSeconds(60);
    /// In which that a pod runs still gets to the API: a kubelet looks once a second, and is not alone.
    static final Duration DELAY = Duration.ofSeconds(5);

    private static final String SCRIPT = "api-cut.sh";

    private final HostPods pods;
    private final List<ApiServer> servers;
    private final String run;
    private final String script;
    /// By node, why it cannot be cut off; empty where it can.
    private final Map<String, String> problems = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    /// @param servers whom nodes are cut off from
    /// @param run named in the rules
    public ApiCuts(HostPods pods, List<ApiServer> servers, String run) {
        this.pods = pods;
        this.servers = List.copyOf(servers);
        this.run = run;
        script = script();
    }

    private static String script() {
        try (var in = Objects.requireNonNull(ApiCuts.class.getResourceAsStream(SCRIPT))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Every node that can run a pod, whatever its taints.
    public List<String> everyNode() {
        return pods.client().nodes().list().getItems().stream().filter(ApiCuts::isReady)
            .filter(n -> "linux".equals(Objects.requireNonNullElse(n.getMetadata().getLabels(), Map.<String, String>of())
                .getOrDefault("kubernetes.io/os", "linux")))
            .map(n -> n.getMetadata().getName()).toList();
    }

    static boolean isReady(Node node) {
        return node.getStatus().getConditions().stream().anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
    }

    /// Have a pod on each node look for the tools, once.
    ///
    /// @throws UnsupportedException if a node cannot be cut off, saying why
    public void requirePossible(List<String> nodes) {
        if (servers.isEmpty()) throw new UnsupportedException("the Service default/kubernetes has no addresses to cut a node off from");
        var trials = new ArrayList<HostPod>();
        for (var node : nodes.stream().filter(n -> !problems.containsKey(n)).toList())
            try {
                trials.add(pods.start(node, "api-cut-check-" + numbers.incrementAndGet(), script, arguments("check", List.of()),
                    pods.starting().plus(GRACE)));
            } catch (KubernetesClientException e) {
                if (e.getCode() < 400 || e.getCode() >= 500) throw e;
                problems.put(node, "the pod that would do it is refused: " + pods.wording().apply(e));
            }
        for (var trial : trials) {
            var seen = trial.until(pods.starting(), look -> HostPod.isOver(look) || HostPod.isHopeless(look));
            problems.put(trial.node(), HostPod.endedWell(seen) ? "" : trial.problem(seen));
            trial.delete();
        }
        for (var node : nodes) {
            var problem = problems.getOrDefault(node, "");
            if (!problem.isEmpty()) throw new UnsupportedException("node %s cannot be cut off from the API: %s".formatted(node, problem));
        }
    }

    private List<String> arguments(String mode, List<String> own) {
        var arguments = new ArrayList<>(List.of("api-cut", mode));
        arguments.addAll(own);
        for (var server : servers) arguments.addAll(List.of(server.address().getHostAddress(), Integer.toString(server.port())));
        return arguments;
    }

    /// Cut nodes off; return when it has begun everywhere.
    ///
    /// @throws ClusterException if it cannot be begun; then nothing of it is left
    public Disruption.Ongoing begin(List<String> nodes, Duration lasting) {
        var begun = new ArrayList<HostPod>();
        var cut = new OngoingApiCut(pods, begun, lasting, this::clear);
        try {
            for (var node : nodes) begun.add(begin(node, lasting));
            cut.awaitBeginning();
            return cut;
        } catch (RuntimeException e) {
            cut.takeBack(e);
            throw e;
        }
    }

    private HostPod begin(String node, Duration lasting) {
        int number = numbers.incrementAndGet();
        long whole = lasting.plusMillis(999).toSeconds();
        return pods.start(node, "api-cut-" + number, script, arguments("cut", List.of(chain(number), chains(), run,
            Long.toString(DELAY.toSeconds()), String.format(Locale.ROOT, "%d.%03d", lasting.toSeconds(), lasting.toMillisPart()),
            Long.toString(whole))), DELAY.plusSeconds(whole).plus(GRACE));
    }

    /// What the names of this run's chains begin with: 28 characters are all that a chain's name may have.
    private String chains() {
        var letters = run.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return "lockdown-api-%s-".formatted(letters.substring(0, Math.min(8, letters.length())));
    }

    private String chain(int number) {
        return chains() + number;
    }

    /// Remove the rules of a pod that did not.
    ///
    /// @return why they may still be there; empty if they are gone
    private String clear(HostPod left) {
        int number = numbers.incrementAndGet();
        var chain = chain(Integer.parseInt(left.name().substring("api-cut-".length())));
        try {
            var clearing =
                pods.start(left.node(), "api-cut-clear-" + number, script, arguments("clear", List.of(chain)), pods.starting().plus(GRACE));
            var seen = clearing.until(pods.starting(), HostPod::isOver);
            var problem = HostPod.endedWell(seen) ? "" : clearing.problem(seen);
            clearing.delete();
            return problem;
        } catch (KubernetesClientException e) {
            return pods.wording().apply(e);
        }
    }
}
