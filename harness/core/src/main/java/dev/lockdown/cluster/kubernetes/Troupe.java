package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The namespaces and pods of a run. They outlive their scenario: the next one of the same Background finds them there.
///
/// Used by one thread at a time, but for [#close].
final class Troupe implements AutoCloseable {
    /// More than this stay only as long as their scenario.
    private static final int MOST_IDLE = 60;
    private static final String ENFORCE = "pod-security.kubernetes.io/enforce";

    private final KubernetesClient client;
    private final Settings settings;
    private final Deadlines deadlines;
    private final Patience starting;
    private final Patience going;
    private final Names names;
    private final ApiObjects objects;
    private final PodSpecs specs;
    private final Threads threads;
    private final Ledger ledger;
    private final Map<String, String> nodeNames;
    private final Map<String, String> nodeAliases = new HashMap<>();
    private final Set<String> foreign;
    private final Map<String, Namespace> namespaces = new TreeMap<>();
    private final Set<String> privileged = new HashSet<>();
    private final Set<String> adopted = new HashSet<>();
    private volatile boolean ending;
    private final Map<NamespacedName, AgentPod> pods = new ConcurrentHashMap<>();
    private final String jar = AgentJar.base64();

    /// @param nodeNames the nodes' names in the cluster, by those that features use
    /// @param foreign the namespaces that were there before
    Troupe(KubernetesClient client, Settings settings, Deadlines deadlines, Threads threads, Ledger ledger, Map<String, String> nodeNames,
            Set<String> foreign) {
        this.client = client;
        this.settings = settings;
        this.deadlines = deadlines;
        starting = new Patience(deadlines.starting(), deadlines.pause());
        going = new Patience(deadlines.going(), deadlines.pause());
        this.threads = threads;
        this.ledger = ledger;
        this.nodeNames = Map.copyOf(nodeNames);
        nodeNames.forEach((alias, name) -> nodeAliases.put(name, alias));
        this.foreign = Set.copyOf(foreign);
        names = new Names(settings.namespaces());
        objects = new ApiObjects(settings.run(), names);
        specs = new PodSpecs(objects, settings.agentImage());
    }

    ApiObjects objects() {
        return objects;
    }

    Names names() {
        return names;
    }

    @Nullable AgentPod get(NamespacedName pod) {
        return pods.get(pod);
    }

    /// Make sure that a namespace is there, with these labels.
    ///
    /// @param open whether pods on the host's network shall be admitted
    void namespace(Namespace namespace, boolean open) {
        var name = names.namespace(namespace.name());
        boolean mapped = settings.namespaces().containsKey(namespace.name());
        if (namespaces.containsKey(namespace.name()) && namespaces.get(namespace.name()).equals(namespace)
            && (!open || privileged.contains(namespace.name()))) return;
        if (foreign.contains(name) && !mapped) throw notOurs(name);
        if (open) privileged.add(namespace.name());
        if (foreign.contains(name)) adopt(namespace, name);
        else if (namespaces.containsKey(namespace.name())) relabel(namespace);
        else create(namespace);
        namespaces.put(namespace.name(), namespace);
    }

    /// In a namespace of the user's own, what was there before stays as it is.
    void requireOurs(String kind, NamespacedName name,
            MixedOperation<? extends HasMetadata, ?, ? extends Resource<? extends HasMetadata>> objects) {
        var namespace = names.namespace(name.namespace());
        if (!foreign.contains(namespace)) return;
        var there = objects.inNamespace(namespace).withName(name.name()).get();
        if (there != null && !isOurs(there))
            throw new IllegalArgumentException(
                "the namespace \"%s\" has a %s %s already, which is not ours".formatted(namespace, kind, name.name()));
    }

    private boolean isOurs(HasMetadata object) {
        var labels = object.getMetadata().getLabels();
        return labels != null && settings.run().equals(labels.get(ApiObjects.RUN));
    }

    IllegalArgumentException notOurs(String name) {
        var there = client.namespaces().withName(name).get();
        var labels = there == null ? null : there.getMetadata().getLabels();
        return new IllegalArgumentException(labels != null && labels.containsKey(ApiObjects.RUN)
            ? "the namespace \"%s\" is what an earlier run left; `./lockdown doctor --sweep` with the same --cluster removes it"
                .formatted(name)
            : "the namespace \"%s\" is there already, and not ours; use it all the same with --map %s=%s, or another with --map %s=NAME"
                .formatted(name, name, name, name));
    }

    private void create(Namespace namespace) {
        var name = names.namespace(namespace.name());
        var wanted = new NamespaceBuilder().withNewMetadata().withName(name).withLabels(labels(namespace)).endMetadata().build();
        ledger.made(made(() -> client.resource(wanted).create(), () -> client.namespaces().withName(name).get()));
        configure(name);
    }

    /// Make an object. If the answer to the first try was lost on the way, the second finds it there, with this run's label.
    private HasMetadata made(Supplier<HasMetadata> create, Supplier<? extends @Nullable HasMetadata> look) {
        if (ending) throw new ClusterException("interrupted", null);
        try {
            return create.get();
        } catch (KubernetesClientException e) {
            var there = e.getCode() == 409 ? look.get() : null;
            if (there == null || !isOurs(there) || there.getMetadata().getDeletionTimestamp() != null) throw e;
            return there;
        }
    }

    private Map<String, String> labels(Namespace namespace) {
        var labels = new HashMap<>(namespace.labels());
        labels.remove(Namespace.NAME_LABEL);
        labels.put(ApiObjects.RUN, settings.run());
        labels.put(ENFORCE, privileged.contains(namespace.name()) ? "privileged" : "restricted");
        return labels;
    }

    /// A namespace of the user's own: nothing of it is changed, our things are put into it.
    private void adopt(Namespace wanted, String name) {
        var there = client.namespaces().withName(name).get();
        if (there == null) throw new IllegalArgumentException("the namespace \"%s\" is gone".formatted(name));
        if (there.getMetadata().getDeletionTimestamp() != null)
            throw new ClusterException("the namespace \"%s\" is Terminating: %s".formatted(name, Sweeper.stuck(there)), null);
        var labels = new HashMap<>(wanted.labels());
        labels.remove(Namespace.NAME_LABEL);
        if (!Objects.requireNonNullElse(there.getMetadata().getLabels(), Map.<String, String>of()).entrySet()
            .containsAll(labels.entrySet()))
            throw new IllegalArgumentException(
                "the namespace \"%s\" is yours and lacks labels that the feature gives it: %s".formatted(name, labels));
        if (!adopted.add(name)) return;
        var policies = client.network().v1().networkPolicies().inNamespace(name).list().getItems();
        if (!policies.isEmpty())
            throw new IllegalArgumentException("the namespace \"%s\" has NetworkPolicies of its own (%s), which a feature does not know of"
                .formatted(name, policies.getFirst().getMetadata().getName()));
        configure(name);
    }

    private void configure(String name) {
        var config = new ConfigMapBuilder().withNewMetadata().withName(PodSpecs.CONFIG_MAP).withNamespace(name)
            .withLabels(Map.of(ApiObjects.RUN, settings.run())).endMetadata().addToBinaryData(AgentJar.NAME, jar).build();
        ledger.made(made(() -> client.resource(config).create(), () -> client.configMaps().inNamespace(name)
            .withLabel(ApiObjects.RUN, settings.run()).list().getItems().stream().findFirst().orElse(null)));
    }

    /// Give a namespace these labels.
    void relabel(Namespace namespace) {
        if (foreign.contains(names.namespace(namespace.name())))
            throw new UnsupportedException(
                "the namespace %s is yours, and its labels are not changed".formatted(names.namespace(namespace.name())));
        var current = namespaces.get(namespace.name());
        namespaces.put(namespace.name(), namespace);
        var wanted = labels(namespace);
        var patch = new LinkedHashMap<String, @Nullable String>(wanted);
        if (current != null) current.labels().keySet().forEach(k -> patch.putIfAbsent(k, null));
        patch.remove(Namespace.NAME_LABEL);
        merge(client.namespaces().withName(names.namespace(namespace.name())), patch);
    }

    private static void merge(io.fabric8.kubernetes.client.dsl.Resource<?> object, Map<String, @Nullable String> labels) {
        object.patch(PatchContext.of(PatchType.JSON_MERGE),
            io.fabric8.kubernetes.client.utils.Serialization.asJson(Map.of("metadata", Map.of("labels", labels))));
    }

    /// Give a pod these labels instead of its own.
    void relabel(NamespacedName pod, Map<String, String> labels) {
        var current = Objects.requireNonNull(pods.get(pod));
        var patch = new LinkedHashMap<String, @Nullable String>(labels);
        current.pod().labels().keySet().forEach(k -> patch.putIfAbsent(k, null));
        merge(client.pods().inNamespace(names.namespace(pod.namespace())).withName(pod.name()), patch);
        pods.put(pod, current.labelled(labels));
    }

    /// Have these pods run, and their agents answer; those that are there already play on.
    void start(List<Pod> wanted) {
        var fresh = new ArrayList<Pod>();
        var unfit = new ArrayList<NamespacedName>();
        for (var pod : wanted) {
            var there = pods.get(pod.name());
            if (there == null) fresh.add(pod);
            else if (!there.canPlay(pod) || there.link().restarts() > 0 || there.link().isLost()) {
                unfit.add(pod.name());
                fresh.add(pod);
            } else if (!there.pod().labels().equals(pod.labels())) relabel(pod.name(), pod.labels());
        }
        stop(unfit);
        try {
            threads.all(fresh, this::create);
            var running = running(fresh);
            threads.all(fresh, pod -> meet(pod, running.get(pod.name())));
        } catch (RuntimeException e) {
            stopAfter(e, fresh);
            throw e;
        }
    }

    /// Delete a pod and make it anew on its node, with its address.
    ///
    /// @throws UnsupportedException if the cluster gave it another address
    void recreate(NamespacedName name) {
        var before = Objects.requireNonNull(pods.get(name));
        stop(List.of(name));
        var again = before.pod();
        create(again, before.addresses());
        meet(again, running(List.of(again)).get(name));
        var after = Objects.requireNonNull(pods.get(name)).addresses();
        if (!after.equals(before.addresses()))
            throw new UnsupportedException(
                "this cluster gave pod %s the address %s in place of %s: its network plugin takes no wishes".formatted(
                    name, after, before.addresses()));
    }

    /// None stays that nobody knows of: it would keep its labels, and its name from the next.
    private void stopAfter(RuntimeException failure, List<Pod> begun) {
        try {
            stop(begun.stream().map(Pod::name).toList());
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void create(Pod pod) {
        create(pod, List.of());
    }

    /// @param wish addresses that a plugin that takes wishes (Calico) shall give
    private void create(Pod pod, List<InetAddress> wish) {
        var spec = specs.of(pod, pod.node().isEmpty() ? null : nodeNames.get(pod.node()));
        if (!wish.isEmpty())
            spec.getMetadata().getAnnotations().put("cni.projectcalico.org/ipAddrs",
                wish.stream().map(a -> "\"%s\"".formatted(a.getHostAddress())).collect(Collectors.joining(",", "[", "]")));
        // The namespace's service account is made by a controller, some time after the namespace.
        var made = new Patience(deadlines.account(), deadlines.pause()).until(() -> {
            try {
                return (Object) made(() -> client.resource(spec).create(), () -> client.pods()
                    .inNamespace(spec.getMetadata().getNamespace()).withName(pod.name().name()).get());
            } catch (KubernetesClientException e) {
                if (String.valueOf(e.getMessage()).contains("serviceaccount")) return e;
                throw e;
            }
        }, o -> o instanceof HasMetadata, o -> (KubernetesClientException) o);
        ledger.made((HasMetadata) made);
    }

    private Map<NamespacedName, io.fabric8.kubernetes.api.model.Pod> running(List<Pod> awaited) {
        var trouble = new PodTrouble(client);
        return starting.until(() -> seen(awaited), seen -> {
            for (var pod : awaited) {
                var there = seen.get(pod.name());
                if (there == null) return false;
                var why = PodTrouble.hopeless(there);
                if (why != null) throw new ClusterException("pod %s cannot start: %s".formatted(pod.name(), why), null);
                if (!isRunning(there)) return false;
            }
            return true;
        }, seen -> {
            var late = awaited.stream().filter(p -> !seen.containsKey(p.name()) || !isRunning(seen.get(p.name()))).toList();
            var first = late.getFirst().name();
            var there = seen.get(first);
            return new ClusterException("%d of %d pods did not start within %d s; %s: %s".formatted(late.size(), awaited.size(),
                deadlines.starting().toSeconds(), first, there == null ? "it is gone" : trouble.waitingFor(there)), null);
        });
    }

    private static boolean isRunning(io.fabric8.kubernetes.api.model.Pod pod) {
        return pod.getStatus().getPodIP() != null && !pod.getStatus().getContainerStatuses().isEmpty()
            && pod.getStatus().getContainerStatuses().stream().allMatch(c -> c.getState().getRunning() != null);
    }

    private Map<NamespacedName, io.fabric8.kubernetes.api.model.Pod> seen(List<Pod> awaited) {
        var seen = new HashMap<NamespacedName, io.fabric8.kubernetes.api.model.Pod>();
        for (var namespace : awaited.stream().map(p -> p.name().namespace()).distinct().toList())
            for (var pod : client.pods().inNamespace(names.namespace(namespace)).withLabel(ApiObjects.RUN, settings.run()).list()
                .getItems())
                if (pod.getMetadata().getDeletionTimestamp() == null)
                    seen.put(new NamespacedName(namespace, pod.getMetadata().getName()), pod);
        return seen;
    }

    private void meet(Pod asked, io.fabric8.kubernetes.api.model.@Nullable Pod running) {
        var there = Objects.requireNonNull(running);
        var inCluster = new NamespacedName(names.namespace(asked.name().namespace()), asked.name().name());
        var link = threads.tended(new AgentLink(client, inCluster, settings.run(), deadlines.silence(), threads.executor()));
        link.beat();
        try {
            var welcome = link.welcomed().get(deadlines.answering().toMillis(), TimeUnit.MILLISECONDS);
            if (!welcome.problems().isEmpty())
                throw new ClusterException("pod %s cannot serve %s".formatted(asked.name(), welcome.problems()), null);
        } catch (ClusterException e) {
            threads.release(link);
            throw e;
        } catch (TimeoutException e) {
            threads.release(link);
            var trouble = new PodTrouble(client);
            throw new ClusterException(
                "the agent of %s did not answer within %d s: %s %s".formatted(asked.name(), deadlines.answering().toSeconds(),
                    trouble.waitingFor(there),
                    trouble.lastWords(there)),
                e);
        } catch (java.util.concurrent.ExecutionException e) {
            threads.release(link);
            throw new ClusterException(e.getCause() == null ? e.toString() : String.valueOf(e.getCause().getMessage()), e);
        } catch (InterruptedException e) {
            threads.release(link);
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted", e);
        }
        var node = nodeAliases.getOrDefault(there.getSpec().getNodeName(), there.getSpec().getNodeName());
        if (!asked.node().isEmpty() && !asked.node().equals(node))
            throw new ClusterException("pod %s runs on %s, not on %s".formatted(asked.name(), node, asked.node()), null);
        pods.put(asked.name(), new AgentPod(asked.onNode(node), asked, there.getMetadata().getUid(),
            there.getStatus().getPodIPs().stream().map(ip -> InetAddress.ofLiteral(ip.getIp())).toList(), link));
    }

    /// Stop these pods and wait until they are gone.
    void stop(List<NamespacedName> leaving) {
        for (var name : leaving) {
            var pod = pods.remove(name);
            if (pod != null) threads.release(pod.link());
            client.pods().inNamespace(names.namespace(name.namespace())).withName(name.name()).withGracePeriod(1).delete();
        }
        going.until(() -> leaving.stream().filter(this::isThere).toList(), List::isEmpty,
            left -> new ClusterException("pod %s is still there %d s after it was deleted".formatted(left.getFirst(),
                going.deadline().toSeconds()), null));
    }

    private boolean isThere(NamespacedName pod) {
        return client.pods().inNamespace(names.namespace(pod.namespace())).withName(pod.name()).get() != null;
    }

    /// Delete a namespace with everything in it, and wait until it is gone.
    void delete(String namespace) {
        forget(namespace);
        var name = names.namespace(namespace);
        if (foreign.contains(name)) throw new IllegalArgumentException("the namespace \"%s\" is not ours to delete".formatted(name));
        client.namespaces().withName(name).delete();
        awaitGone(List.of(name));
    }

    private void forget(String namespace) {
        namespaces.remove(namespace);
        privileged.remove(namespace);
        pods.entrySet().removeIf(e -> {
            if (!e.getKey().namespace().equals(namespace)) return false;
            threads.release(e.getValue().link());
            return true;
        });
    }

    private void awaitGone(List<String> deleted) {
        going.until(() -> deleted.stream().map(n -> client.namespaces().withName(n).get()).filter(Objects::nonNull).toList(), List::isEmpty,
            left -> new ClusterException("the namespace %s is still Terminating after %d s: %s".formatted(
                left.getFirst().getMetadata().getName(), going.deadline().toSeconds(), Sweeper.stuck(left.getFirst())), null));
    }

    /// Make room for a scenario with this cast: its namespaces shall have no other pods than these, and others only few.
    void clear(Set<String> used, Set<NamespacedName> cast) {
        stop(pods.keySet().stream().filter(p -> used.contains(p.namespace()) && !cast.contains(p)).toList());
        var idle = namespaces.keySet().stream().filter(n -> !used.contains(n) && !n.startsWith("lockdown-")).toList();
        if (pods.size() + cast.size() > MOST_IDLE)
            for (var namespace : idle) if (!foreign.contains(names.namespace(namespace))) delete(namespace);
    }

    /// Remove everything that this run made, and wait until it is gone.
    @Override
    public void close() {
        ending = true;
        pods.values().forEach(p -> threads.release(p.link()));
        if (settings.keep()) return;
        if (!settings.disposable()) new Sweeper(client, going).remove(settings.run());
        ledger.settled();
    }
}
