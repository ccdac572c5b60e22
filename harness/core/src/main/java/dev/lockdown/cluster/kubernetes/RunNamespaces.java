package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.HarnessNamespaces;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.Waits;
import dev.lockdown.cluster.kubernetes.agent.AgentJar;
import dev.lockdown.state.Namespace;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// The namespaces of a run: those that it makes, and those of the user's own that were mapped to it, which it adopts without changing
/// them. Each holds the agent's jar in a ConfigMap. They outlive their scenario.
///
/// Namespaces are named here as features name them, unless it says otherwise. Several threads may be at it, each with other namespaces.
final class RunNamespaces {
    /// By which a namespace says which pods it admits. Users' policies may select by it.
    static final String ENFORCE = "pod-security.kubernetes.io/enforce";

    private final KubernetesClient client;
    private final Settings settings;
    private final NamespaceMapping mapping;
    private final Set<String> foreign;
    private final RunObjects objects;
    private final Polling polling;
    private final Duration going;
    private final Map<String, Namespace> known = new ConcurrentSkipListMap<>();
    private final Set<String> privileged = ConcurrentHashMap.newKeySet();
    /// By their names in the cluster.
    private final Set<String> leaving = ConcurrentHashMap.newKeySet();
    private final Set<String> adopted = ConcurrentHashMap.newKeySet();
    private final String jar = AgentJar.base64();

    /// @param foreign the namespaces that were there before, by their names in the cluster
    RunNamespaces(KubernetesClient client, Settings settings, NamespaceMapping mapping, Set<String> foreign, RunObjects objects,
            Deadlines deadlines, Waits waits) {
        this.client = client;
        this.settings = settings;
        this.mapping = mapping;
        this.foreign = Set.copyOf(foreign);
        this.objects = objects;
        polling = new Polling(deadlines.pause()).telling(waits);
        going = deadlines.going();
    }

    /// Whether a namespace was there before the run.
    ///
    /// @param name in the cluster
    boolean isForeign(String name) {
        return foreign.contains(name);
    }

    /// Whether a namespace is of this run's own, or would be.
    ///
    /// @param namespace as features name it
    boolean isOwn(String namespace) {
        return !isForeign(mapping.namespace(namespace));
    }

    /// Make sure that a namespace is there; one that is not gets no labels.
    void ensureThere(String namespace) {
        if (!known.containsKey(namespace)) ensure(new Namespace(namespace, Map.of()));
    }

    /// Make sure that a namespace is there, with these labels.
    void ensure(Namespace namespace) {
        var name = mapping.namespace(namespace.name());
        boolean mapped = settings.namespaces().containsKey(namespace.name());
        if (namespace.equals(known.get(namespace.name()))) return;
        if (isForeign(name) && !mapped) throw notOurs(name);
        if (isForeign(name)) adopt(namespace, name);
        else if (known.containsKey(namespace.name())) relabel(namespace);
        else create(namespace);
        known.put(namespace.name(), namespace);
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
        var name = mapping.namespace(namespace.name());
        if (leaving.remove(name)) awaitGone(name);
        objects.create(new NamespaceBuilder().withNewMetadata().withName(name).withLabels(labels(namespace)).endMetadata().build(),
            () -> client.namespaces().withName(name).get());
        configure(name);
    }

    /// The labels that a namespace has in the cluster.
    Map<String, String> labels(Namespace namespace) {
        var labels = new HashMap<>(shown(namespace.name(), namespace.labels()));
        labels.remove(Namespace.NAME_LABEL);
        labels.put(ApiObjects.RUN, settings.run());
        return labels;
    }

    /// A namespace's labels that policies can speak of: those that it was given, and what the cluster demands for its pods.
    Map<String, String> shown(String namespace, Map<String, String> given) {
        if (!privileged.contains(namespace)) return given;
        var labels = new HashMap<>(given);
        labels.putIfAbsent(ENFORCE, "privileged");
        return labels;
    }

    /// Have a namespace admit pods on the host's network, which the cluster refuses without its saying so.
    ///
    /// @return whether it did not before, and may be told to
    boolean admitHostNetwork(String namespace) {
        var there = known.get(namespace);
        var name = mapping.namespace(namespace);
        if (there == null || isForeign(name) || there.labels().containsKey(ENFORCE) || !privileged.add(namespace)) return false;
        ApiObjects.patchLabels(client.namespaces().withName(name), Map.of(ENFORCE, "privileged"));
        return true;
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
        objects.create(
            new ConfigMapBuilder().withNewMetadata().withName(PodSpecs.CONFIG_MAP).withNamespace(name)
                .withLabels(Map.of(ApiObjects.RUN, settings.run())).endMetadata().addToBinaryData(AgentJar.NAME, jar).build(),
            () -> client.configMaps().inNamespace(name).withLabel(ApiObjects.RUN, settings.run()).list().getItems().stream().findFirst()
                .orElse(null));
    }

    /// Give a namespace these labels.
    void relabel(Namespace namespace) {
        var name = mapping.namespace(namespace.name());
        if (isForeign(name))
            throw new UnsupportedException("the namespace %s is yours, and its labels are not changed".formatted(name));
        patch(name, relabelling(namespace));
    }

    /// Note that namespaces shall lose the labels that features gave them: no selector of another scenario means them then.
    ///
    /// @return the labels to patch, by the namespaces' names in the cluster; null for those that they lose
    Map<String, Map<String, @Nullable String>> stripped(List<String> idle) {
        var patches = new TreeMap<String, Map<String, @Nullable String>>();
        for (var namespace : idle)
            if (known.get(namespace) instanceof Namespace there
                && there.labels().keySet().stream().anyMatch(key -> !key.equals(Namespace.NAME_LABEL)))
                patches.put(mapping.namespace(namespace), relabelling(new Namespace(namespace, Map.of())));
        return patches;
    }

    void patch(String name, Map<String, @Nullable String> labels) {
        ApiObjects.patchLabels(client.namespaces().withName(name), labels);
    }

    private Map<String, @Nullable String> relabelling(Namespace namespace) {
        var current = known.put(namespace.name(), namespace);
        var patch = new LinkedHashMap<String, @Nullable String>(labels(namespace));
        if (current != null) current.labels().keySet().forEach(k -> patch.putIfAbsent(k, null));
        patch.remove(Namespace.NAME_LABEL);
        return patch;
    }

    /// Delete a namespace with everything in it, and wait until it is gone.
    void delete(String namespace) {
        var name = mapping.namespace(namespace);
        if (isForeign(name)) throw new IllegalArgumentException("the namespace \"%s\" is not ours to delete".formatted(name));
        forget(namespace);
        beginDeleting(name);
        awaitGone(name);
    }

    private void forget(String namespace) {
        known.remove(namespace);
        privileged.remove(namespace);
    }

    /// Forget namespaces that are about to be deleted: they are waited for when they are made again.
    ///
    /// @return their names in the cluster
    List<String> leaving(List<String> namespaces) {
        namespaces.forEach(this::forget);
        var names = namespaces.stream().map(mapping::namespace).toList();
        leaving.addAll(names);
        return names;
    }

    /// Have the cluster delete a namespace with everything in it, some time.
    ///
    /// @param name in the cluster
    void beginDeleting(String name) {
        client.namespaces().withName(name).delete();
    }

    private void awaitGone(String name) {
        var _ = polling.require(going, () -> Optional.ofNullable(client.namespaces().withName(name).get()), Optional::isEmpty,
            last -> new ClusterException("the namespace %s is still Terminating after %s s: %s".formatted(name, going.toSeconds(),
                Sweeper.stuck(last.value().orElseThrow())), null),
            left -> "the namespace %s to be gone: %s".formatted(name, Sweeper.stuck(left.orElseThrow())));
    }

    /// The scenarios' namespaces of this run's own that a scenario does not use.
    List<String> idle(Set<String> used) {
        return known.keySet().stream()
            .filter(n -> !used.contains(n) && !HarnessNamespaces.contains(n) && !isForeign(mapping.namespace(n))).toList();
    }
}
