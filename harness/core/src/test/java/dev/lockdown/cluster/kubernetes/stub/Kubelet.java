package dev.lockdown.cluster.kubernetes.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockdown.cluster.embedded.Underlay;
import dev.lockdown.cluster.kubernetes.stub.Store.Key;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Change;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Pod;
import dev.lockdown.pod.ClockedAgent;
import dev.lockdown.pod.NewerAgent;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The scheduler, the kubelets and the namespaces' controller: whatever happens some time after the API has answered, on a thread of
/// its own.
final class Kubelet implements AutoCloseable {
    private final Store store;
    private final Underlay network;
    private final FaultInjection faults;
    private final Container.Kind kind;
    private final Volumes volumes;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("kubelet").factory());
    /// A furnished folder with the programs of the nodes.
    private volatile @Nullable Path tools;
    private final Set<String> silentNodes = ConcurrentHashMap.newKeySet();
    private final Map<NamespacedName, Terminal> terminals = new ConcurrentHashMap<>();
    private final Map<NamespacedName, Container> containers = new ConcurrentHashMap<>();

    Kubelet(Store store, Underlay network, FaultInjection faults, Container.Kind kind, Volumes volumes) {
        this.store = store;
        this.network = network;
        this.faults = faults;
        this.kind = kind;
        this.volumes = volumes;
    }

    void tools(Path folder) {
        HostScript.furnish(folder);
        tools = folder;
    }

    void begin(Key key) {
        thread.execute(() -> {
            var pod = store.get(key);
            if (pod == null || pod.at("/metadata/deletionTimestamp").isTextual()) return;
            switch (faults.births.apply(Controllers.name(key))) {
                case RUNS, CRASHES, MUTE, NEWER, TOO_NEW, NOT_ADMITTED -> {
                    if (pod.at("/spec/hostPID").asBoolean()) runOnHost(key, pod);
                    else run(key, pod);
                }
                case NEVER_SCHEDULED -> store.change(key, PodStatus::unscheduled);
                case IMAGE_NOT_PULLED -> store.change(key, PodStatus::withoutImage);
            }
        });
    }

    /// A pod that works on its machine is its script, run here with the tools of that machine.
    private void runOnHost(Key key, ObjectNode pod) {
        var name = Controllers.name(key);
        var terminal = new Terminal();
        terminals.put(name, terminal);
        store.change(key, p -> PodStatus.running(p, pod.at("/spec/nodeName").asText(), List.of("172.18.0.9"), 0));
        containers.put(name, HostScript.start(words(pod.at("/spec/containers/0/command")),
            Objects.requireNonNull(tools, "no tools for the nodes"), terminal,
            status -> thread.execute(() -> store.change(key, p -> PodStatus.ended(p, status)))));
    }

    private void run(Key key, ObjectNode pod) {
        var name = Controllers.name(key);
        network.apply(new Change.StartPod(wanted(name, pod)));
        var node = Objects.requireNonNull(network.state().pods().get(name)).node();
        var addresses = network.addresses(new Endpoint.Pod(name)).stream().map(InetAddress::getHostAddress).toList();
        var terminal = new Terminal();
        terminals.put(name, terminal);
        store.change(key, p -> PodStatus.running(p, node, addresses, 0));
        boot(name, Objects.requireNonNull(store.get(key)), terminal);
    }

    private static Pod wanted(NamespacedName name, ObjectNode pod) {
        var field = pod.at("/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0/matchFields/0");
        var ports = new ArrayList<ContainerPort>();
        for (var port : pod.at("/spec/containers/0/ports"))
            ports.add(new ContainerPort(new Port(Protocol.valueOf(port.path("protocol").asText("TCP")), port.path("containerPort").asInt()),
                port.path("name").asText("")));
        return new Pod(name, Json.texts(pod.at("/metadata/labels")), ports, field.path("values").path(0).asText(""),
            pod.at("/spec/hostNetwork").asBoolean());
    }

    private void boot(NamespacedName name, ObjectNode pod, Terminal terminal) {
        var birth = faults.births.apply(name);
        if (birth == FaultInjection.Birth.CRASHES) {
            terminal.write("Error: could not find or load main class\n".getBytes(StandardCharsets.US_ASCII), 0, 41);
            store.change(key(name), PodStatus::crashed);
            return;
        }
        var container = switch (birth) {
            case MUTE -> Container.mute();
            case NEWER -> container(name, pod, new NewerAgent(1, terminal));
            case TOO_NEW -> container(name, pod, new NewerAgent(2, terminal));
            case RUNS, CRASHES, NOT_ADMITTED, NEVER_SCHEDULED, IMAGE_NOT_PULLED -> container(name, pod, clocked(pod, terminal));
        };
        containers.put(name, container);
        terminal.joinedTo(container);
    }

    private OutputStream clocked(ObjectNode pod, Terminal terminal) {
        var ahead = faults.clocks.apply(pod.at("/spec/nodeName").asText());
        return ahead.isZero() ? terminal : new ClockedAgent(ahead, terminal);
    }

    private Container container(NamespacedName name, ObjectNode pod, OutputStream terminal) {
        var environment = environment(pod.at("/spec/containers/0/env"), pod);
        environment.put("LOCKDOWN_ACCOUNT", volumes.account(name, network.token(name)).toString());
        boolean dials = environment.computeIfPresent("LOCKDOWN_FIRST", (_, _) -> volumes.empty(pod).toString()) != null;
        if (dials) Container.shell(network, name, words(pod.at("/spec/initContainers/0/command")), environment).waitFor();
        return switch (kind) {
            case THREAD -> {
                // The thread is what the shell goes on as.
                if (dials) Container.shell(network, name, beside(words(pod.at("/spec/containers/0/command"))), environment);
                yield Container.thread(network, name, environment, terminal);
            }
            case PROCESS -> Container.process(network, name, command(pod), environment, terminal);
        };
    }

    private static List<String> words(JsonNode command) {
        var words = new ArrayList<String>();
        for (var word : command) words.add(word.asText());
        return words;
    }

    private static List<String> beside(List<String> command) {
        var shell = new ArrayList<>(command.subList(0, 3));
        shell.set(2, shell.get(2).replace("exec \"$@\"", "wait"));
        return shell;
    }

    private static Map<String, String> environment(JsonNode variables, ObjectNode pod) {
        var environment = new HashMap<String, String>();
        for (var variable : variables) {
            var field = variable.at("/valueFrom/fieldRef/fieldPath").asText("");
            if (field.isEmpty()) environment.put(variable.path("name").asText(), variable.path("value").asText());
            else
                if (field.equals("status.podIPs"))
                    environment.put(variable.path("name").asText(),
                        String.join(",", pod.at("/status/podIPs").findValuesAsText("ip")));
                else
                    throw new IllegalArgumentException("the downward API has no " + field);
        }
        return environment;
    }

    private List<String> command(ObjectNode pod) {
        var words = new ArrayList<String>();
        var mount = pod.at("/spec/containers/0/volumeMounts/0/mountPath").asText();
        var config = store.get(new Key("/configmaps", pod.at("/metadata/namespace").asText(),
            pod.at("/spec/volumes/0/configMap/name").asText()));
        var folder = volumes.of(Objects.requireNonNull(config));
        for (var word : pod.at("/spec/containers/0/command"))
            words.add(word.asText().startsWith(mount + "/") ? folder.resolve(Path.of(mount).relativize(Path.of(word.asText()))).toString()
                : word.asText());
        return words;
    }

    /// End a pod's agent and begin a new one, as after a crash.
    void restart(NamespacedName name) {
        await(() -> {
            Objects.requireNonNull(containers.get(name)).close();
            var terminal = Objects.requireNonNull(terminals.get(name));
            terminal.reset();
            boot(name, Objects.requireNonNull(store.get(key(name))), terminal);
        });
    }

    /// End whatever runs on a node and begin it again, as when its machine restarts.
    ///
    /// @param lost the pods of it that do not come back
    void reboot(String node, Set<String> lost) {
        await(() -> {
            for (var pod : store.list("/pods", "")) {
                var name = new NamespacedName(pod.at("/metadata/namespace").asText(), pod.at("/metadata/name").asText());
                if (!pod.at("/spec/nodeName").asText().equals(node) || !containers.containsKey(name)) continue;
                kill(name);
                if (lost.contains(name.name())) {
                    network.apply(new Change.StopPod(name));
                    store.remove(key(name));
                    continue;
                }
                var terminal = new Terminal();
                terminals.put(name, terminal);
                store.change(key(name), p -> PodStatus.running(p, node, network.addresses(new Endpoint.Pod(name)).stream()
                    .map(InetAddress::getHostAddress).toList(), p.at("/status/containerStatuses/0/restartCount").asInt() + 1));
                boot(name, Objects.requireNonNull(store.get(key(name))), terminal);
            }
        });
    }

    /// Wait for everything that is under way.
    void settle() {
        await(() -> {});
    }

    private void await(Runnable task) {
        try {
            thread.submit(task).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Key key(NamespacedName name) {
        return new Key("/pods", name.namespace(), name.name());
    }

    @Nullable Terminal terminal(NamespacedName pod) {
        return terminals.get(pod);
    }

    String log(NamespacedName pod) {
        var terminal = terminals.get(pod);
        return terminal == null ? "" : terminal.log();
    }

    void end(Key key) {
        thread.execute(() -> {
            // Its kubelet is not heard of.
            if (isSilent(key)) return;
            kill(Controllers.name(key));
            if (network.state().pods().containsKey(Controllers.name(key))) network.apply(new Change.StopPod(Controllers.name(key)));
            store.remove(key);
        });
    }

    /// Have nothing heard of the pods on a node any more, nor they of anything; or again.
    void silence(String node, boolean silent) {
        await(() -> {
            if (silent) silentNodes.add(node);
            else silentNodes.remove(node);
            for (var pod : store.list("/pods", "")) {
                var name = new NamespacedName(pod.at("/metadata/namespace").asText(), pod.at("/metadata/name").asText());
                if (!pod.at("/spec/nodeName").asText().equals(node)) continue;
                var terminal = terminals.get(name);
                if (terminal != null) terminal.silence(silent);
                // What was to end on it meanwhile ends now.
                if (!silent && pod.at("/metadata/deletionTimestamp").isTextual()) end(key(name));
            }
        });
    }

    private boolean isSilent(Key pod) {
        var there = store.get(pod);
        return there != null && silentNodes.contains(there.at("/spec/nodeName").asText());
    }

    /// End a pod for want of memory; its object stays.
    void evict(Key key) {
        thread.execute(() -> {
            kill(Controllers.name(key));
            network.apply(new Change.StopPod(Controllers.name(key)));
            store.change(key, PodStatus::evicted);
        });
    }

    private void kill(NamespacedName pod) {
        var container = containers.remove(pod);
        if (container != null) container.close();
        var terminal = terminals.remove(pod);
        if (terminal != null) terminal.reset();
    }

    void endNamespace(String name) {
        thread.execute(() -> {
            network.state().pods().keySet().stream().filter(p -> p.namespace().equals(name)).forEach(this::kill);
            if (network.state().namespaces().containsKey(name)) network.apply(new Change.DeleteNamespace(name));
            for (var resource : List.of("/pods", "/services", "/configmaps", "networking.k8s.io/networkpolicies"))
                for (var object : store.list(resource, name)) store.remove(new Key(resource, name, object.at("/metadata/name").asText()));
            store.remove(new Key("/namespaces", "", name));
        });
    }

    @Override
    public void close() {
        await(() -> List.copyOf(containers.keySet()).forEach(this::kill));
        thread.shutdown();
        try {
            thread.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
