package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.HarnessNamespaces;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.kubernetes.agent.AgentJar;
import dev.lockdown.state.Change;
import dev.lockdown.state.Namespace;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The namespaces of a run: those that it makes, and those of the user's own that were mapped to it, which it adopts without changing
/// them. Each holds the agent's jar in a ConfigMap. They outlive their scenario.
///
/// Namespaces are named here as features name them, unless it says otherwise.
final class RunNamespaces {
    private static final String ENFORCE = "pod-security.kubernetes.io/enforce";

    private final KubernetesClient client;
    private final Settings settings;
    private final NamespaceMapping mapping;
    private final Set<String> foreign;
    private final RunObjects objects;
    private final Polling polling;
    private final Duration going;
    private final Map<String, Namespace> known = new TreeMap<>();
    private final Set<String> privileged = new HashSet<>();
    private final Set<String> adopted = new HashSet<>();
    private final String jar = AgentJar.base64();

    /// @param foreign the namespaces that were there before, by their names in the cluster
    RunNamespaces(KubernetesClient client, Settings settings, NamespaceMapping mapping, Set<String> foreign, RunObjects objects,
            Deadlines deadlines) {
        this.client = client;
        this.settings = settings;
        this.mapping = mapping;
        this.foreign = Set.copyOf(foreign);
        this.objects = objects;
        polling = new Polling(deadlines.pause());
        going = deadlines.going();
    }

    /// Whether a namespace was there before the run.
    ///
    /// @param name in the cluster
    boolean isForeign(String name) {
        return foreign.contains(name);
    }

    /// Make sure that a namespace is there, with these labels.
    ///
    /// @param open whether pods on the host's network shall be admitted
    void ensure(Namespace namespace, boolean open) {
        var name = mapping.namespace(namespace.name());
        boolean mapped = settings.namespaces().containsKey(namespace.name());
        if (namespace.equals(known.get(namespace.name())) && (!open || privileged.contains(namespace.name()))) return;
        if (isForeign(name) && !mapped) throw notOurs(name);
        if (open) privileged.add(namespace.name());
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

    /// Whether pods on the host's network are started in a namespace, for which it must admit privileged ones.
    static boolean opens(String namespace, List<Change> changes) {
        return changes.stream().anyMatch(
            c -> c instanceof Change.StartPod(var pod) && pod.hostNetwork() && pod.name().namespace().equals(namespace));
    }

    private void create(Namespace namespace) {
        var name = mapping.namespace(namespace.name());
        objects.create(new NamespaceBuilder().withNewMetadata().withName(name).withLabels(labels(namespace)).endMetadata().build(),
            () -> client.namespaces().withName(name).get());
        configure(name);
    }

    /// The labels that a namespace has in the cluster.
    Map<String, String> labels(Namespace namespace) {
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
        var current = known.put(namespace.name(), namespace);
        var patch = new LinkedHashMap<String, @Nullable String>(labels(namespace));
        if (current != null) current.labels().keySet().forEach(k -> patch.putIfAbsent(k, null));
        patch.remove(Namespace.NAME_LABEL);
        ApiObjects.patchLabels(client.namespaces().withName(name), patch);
    }

    /// Delete a namespace with everything in it, and wait until it is gone.
    void delete(String namespace) {
        known.remove(namespace);
        privileged.remove(namespace);
        var name = mapping.namespace(namespace);
        if (isForeign(name)) throw new IllegalArgumentException("the namespace \"%s\" is not ours to delete".formatted(name));
        client.namespaces().withName(name).delete();
        var _ = polling.require(going, () -> Optional.ofNullable(client.namespaces().withName(name).get()), Optional::isEmpty,
            last -> new ClusterException("the namespace %s is still Terminating after %s s: %s".formatted(name, going.toSeconds(),
                Sweeper.stuck(last.value().orElseThrow())), null));
    }

    /// The scenarios' namespaces of this run's own that a scenario does not use.
    List<String> idle(Set<String> used) {
        return known.keySet().stream()
            .filter(n -> !used.contains(n) && !HarnessNamespaces.contains(n) && !isForeign(mapping.namespace(n))).toList();
    }
}
