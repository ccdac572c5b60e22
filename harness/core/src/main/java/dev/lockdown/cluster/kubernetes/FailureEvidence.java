package dev.lockdown.cluster.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockdown.cluster.EvidenceFile;
import dev.lockdown.cluster.kubernetes.system.CniAgent;
import dev.lockdown.cluster.kubernetes.system.NodeDumps;
import dev.lockdown.cluster.kubernetes.system.NodeTools;
import dev.lockdown.cluster.kubernetes.system.NodeTools.Told;
import dev.lockdown.cluster.kubernetes.system.PodCommand;
import dev.lockdown.probe.AgentClock;
import dev.lockdown.state.OutsideText;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Gathers what a Kubernetes cluster tells when a scenario failed: this run's own objects as the API writes them, their events, and what the
/// network plugin's agents wrote and programmed. Secrets are never asked for, and values of environment variables are left out.
///
/// What cannot be had is said in `missing.txt`. Throws nothing: a cluster that failed may be of no use.
final class FailureEvidence {
    private static final List<Reading> RULES = List.of(new Reading("iptables", List.of("iptables-save")),
        new Reading("nftables", List.of("nft", "list", "ruleset")), new Reading("ipset", List.of("ipset", "save")));

    /// Together; an API that hangs must not hold up the run.
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int LOG_BYTES = 2 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ClusterRun run;
    private final Duration since;
    private final long until;
    private final AtomicBoolean away;
    private final List<EvidenceFile> files = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    private FailureEvidence(ClusterRun run, Duration since, long until, AtomicBoolean away) {
        this.run = run;
        this.since = since;
        this.until = until;
        this.away = away;
    }

    /// @param since how far back logs are wanted
    static List<EvidenceFile> of(ClusterRun run, Duration since) {
        var evidence = new FailureEvidence(run, since, AgentClock.nanos() + LONGEST.toNanos(), new AtomicBoolean());
        evidence.gather();
        return List.copyOf(evidence.files);
    }

    /// All at the same time; told in this order.
    private void gather() {
        var parts = new ArrayList<Consumer<FailureEvidence>>();
        parts.add(FailureEvidence::objects);
        for (var node : run.info().nodes()) {
            parts.add(e -> e.agents(node, e::log));
            parts.add(e -> e.agents(node, e::rules));
        }
        try {
            parts.stream().map(this::begun).toList().forEach(this::add);
        } catch (RejectedExecutionException _) {
            missing.add("everything: the run is being ended");
        }
        if (!missing.isEmpty()) files.add(new EvidenceFile("missing.txt", String.join("\n", missing) + "\n"));
    }

    private Future<FailureEvidence> begun(Consumer<FailureEvidence> part) {
        return run.threads().executor().submit(() -> {
            var evidence = new FailureEvidence(run, since, until, away);
            part.accept(evidence);
            return evidence;
        });
    }

    private void add(Future<FailureEvidence> begun) {
        try {
            var part = begun.get();
            files.addAll(part.files);
            part.missing.stream().filter(m -> !missing.contains(m)).forEach(missing::add);
        } catch (ExecutionException e) {
            missing.add(OutsideText.withoutSecrets(String.valueOf(e.getCause())));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            missing.add("what was being read: interrupted");
        }
    }

    private void objects() {
        var own = "?labelSelector=" + URLEncoder.encode(ApiObjects.RUN + "=" + run.settings().run(), StandardCharsets.UTF_8);
        objects("namespaces", "/api/v1/namespaces" + own);
        objects("policies", "/apis/networking.k8s.io/v1/networkpolicies" + own);
        objects("pods", "/api/v1/pods" + own);
        objects("services", "/api/v1/services" + own);
        objects("nodes", "/api/v1/nodes");
        events();
    }

    /// A program that tells of a node's rules.
    private record Reading(String tool, List<String> command) {}

    /// What is wanted, or a line that says why it is not there.
    private void attempt(String what, Runnable get) {
        if (away.get() || AgentClock.nanos() > until) {
            missing.add("%s: %s".formatted(what, away.get() ? "the API does not answer" : "there was no time left"));
            return;
        }
        try {
            get.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() == 0) away.set(true);
            missing.add("%s: %s".formatted(what, ApiErrorText.of(e)));
        } catch (IllegalStateException e) {
            missing.add("%s: %s".formatted(what, OutsideText.withoutSecrets(String.valueOf(e.getMessage()))));
        } catch (RuntimeException e) {
            missing.add("%s: %s".formatted(what, OutsideText.withoutSecrets(e.toString())));
        }
    }

    private void objects(String what, String path) {
        attempt(what, () -> files.add(json(what, masked(list(path)))));
    }

    private JsonNode list(String path) {
        var text = run.client().raw(path);
        try {
            return text == null ? JSON.createObjectNode() : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the API answered no JSON", e);
        }
    }

    private static EvidenceFile json(String what, JsonNode list) {
        return new EvidenceFile(what + ".json", list.path("items").toPrettyString() + "\n");
    }

    /// Values of environment variables and what may repeat them go; what the API keeps for itself goes too.
    private static JsonNode masked(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(List.of("managedFields", "kubectl.kubernetes.io/last-applied-configuration"));
            if (object.get("env") instanceof ArrayNode variables)
                for (var variable : variables) if (variable instanceof ObjectNode o && o.has("value")) o.put("value", "(left out)");
        }
        node.forEach(FailureEvidence::masked);
        return node;
    }

    /// Of this run's namespaces alone: others' are not ours to tell.
    private void events() {
        attempt("events", () -> {
            var all = JSON.createArrayNode();
            for (var namespace : namespaces())
                list("/api/v1/namespaces/%s/events".formatted(namespace)).path("items").forEach(e -> all.add(masked(e)));
            files.add(json("events", JSON.createObjectNode().set("items", all)));
        });
    }

    private Set<String> namespaces() {
        var names = new TreeSet<String>();
        run.client().namespaces().withLabel(ApiObjects.RUN, run.settings().run()).list().getItems()
            .forEach(n -> names.add(n.getMetadata().getName()));
        names.addAll(run.settings().namespaces().values());
        return names;
    }

    private void agents(ClusterInfo.ClusterNode node, BiConsumer<ClusterInfo.ClusterNode, Pod> each) {
        var agent = new CniAgent(run.client(), node.name());
        attempt("the network plugin on " + node.alias(), () -> {
            var pods = agent.there();
            if (pods.isEmpty()) missing.add("the network plugin on %s: no pod of it runs there".formatted(node.alias()));
            for (var pod : pods) each.accept(node, pod);
        });
    }

    private void log(ClusterInfo.ClusterNode node, Pod pod) {
        for (var container : pod.getSpec().getContainers()) {
            var name = "cni-%s-%s.log".formatted(node.alias(), container.getName());
            attempt(name, () -> {
                var log = run.client().pods().inNamespace(pod.getMetadata().getNamespace()).withName(pod.getMetadata().getName())
                    .inContainer(container.getName()).limitBytes(LOG_BYTES).sinceSeconds((int) since.toSeconds() + 1).getLog();
                if (log.isBlank()) missing.add("%s: it wrote nothing in these %s s".formatted(name, since.toSeconds() + 1));
                else files.add(new EvidenceFile(name, OutsideText.withoutSecrets(log)));
            });
        }
    }

    /// By the agent's own tools, where the user may run them or allows pods that do.
    private void rules(ClusterInfo.ClusterNode node, Pod pod) {
        var what = "rules of " + node.alias();
        if (new AccessReview(run.client()).allowed(new AccessReview.Rule("", "pods/exec", List.of("create")), "create")) {
            RULES.forEach(r -> attempt("%s by %s".formatted(what, r.tool),
                () -> file(node, r.tool, new PodCommand(run.client(), pod).run(r.command.toArray(String[]::new)))));
        } else if (run.tools() instanceof NodeTools tools) {
            attempt(what, () -> {
                var readings = RULES.stream().map(r -> List.of(String.join(" ", r.command))).toList();
                var told = tools.read(node.name(), CniAgent.containers(List.of(pod)), readings);
                for (int i = 0; i < told.size(); i++) switch (told.get(i)) {
                    case Told.Wrote(var output) -> file(node, RULES.get(i).tool, output);
                    case Told.Failed(var why) -> missing.add("%s by %s: %s".formatted(what, RULES.get(i).tool, why));
                }
            });
        } else {
            missing.add("%s: the user of this kubeconfig may not create pods/exec; %s".formatted(what, NodeDumps.OPTION));
        }
    }

    private void file(ClusterInfo.ClusterNode node, String tool, String output) {
        files.add(new EvidenceFile("rules-%s-%s.txt".formatted(node.alias(), tool), output));
    }
}
