package dev.lockdown.cluster.kubernetes.system;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.kubernetes.healing.HealingRecords;
import dev.lockdown.cluster.kubernetes.healing.Repair;
import dev.lockdown.disruption.Disruption;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The network plugin's own objects, in place of which those of other manifests are applied, and back: an upgrade or a downgrade.
///
/// Kinds stay: a CustomResourceDefinition of the new manifests is applied, and not taken back, since that could delete what is of it.
public final class CniManifests {
    private static final Pattern BETWEEN = Pattern.compile("(?m)^---.*$");
    private static final Duration ROLLOUT = Duration.ofMinutes(10);
    private static final Polling POLLING = new Polling(Duration.ofMillis(500));

    private final KubernetesClient client;
    private final List<GenericKubernetesResource> objects;

    /// @throws UnsupportedException if it is no manifest
    public CniManifests(KubernetesClient client, String manifests) {
        this.client = client;
        objects = read(client, manifests);
    }

    private static List<GenericKubernetesResource> read(KubernetesClient client, String manifests) {
        var objects = new ArrayList<GenericKubernetesResource>();
        for (var text : BETWEEN.split(manifests)) {
            if (text.lines().allMatch(line -> line.isBlank() || line.startsWith("#"))) continue;
            var object = client.getKubernetesSerialization().unmarshal(text, GenericKubernetesResource.class);
            if (object.getKind() == null || object.getApiVersion() == null || object.getMetadata() == null)
                throw new UnsupportedException("one of the manifests has no apiVersion, kind and metadata");
            objects.add(object);
        }
        return objects;
    }

    private List<GenericKubernetesResource> of(String kind) {
        return objects.stream().filter(o -> o.getKind().equals(kind)).toList();
    }

    /// @throws UnsupportedException if they are not of the plugin that the cluster has
    public void requireThere() {
        var sets = of("DaemonSet");
        for (var set : sets) if (live(set) != null) return;
        throw new UnsupportedException("the cluster has none of the DaemonSets of these manifests: %s; it has another network plugin"
            .formatted(sets.stream().map(CniManifests::name).collect(Collectors.joining(", "))));
    }

    private static String name(GenericKubernetesResource object) {
        var namespace = object.getMetadata().getNamespace();
        return (namespace == null ? "" : namespace + "/") + object.getMetadata().getName();
    }

    private @Nullable GenericKubernetesResource live(GenericKubernetesResource object) {
        return client.resource(object).get();
    }

    /// What makes the objects again what they are now.
    public List<Repair> former() {
        var former = new ArrayList<Repair>();
        for (var object : objects) {
            if (object.getKind().equals("CustomResourceDefinition")) continue;
            var live = live(object);
            former.add(live == null ? new Repair.Remove(object) : new Repair.Replace(asWritten(live)));
        }
        return former.reversed();
    }

    /// Without what the API adds.
    static GenericKubernetesResource asWritten(GenericKubernetesResource live) {
        var metadata = live.getMetadata();
        metadata.setManagedFields(null);
        metadata.setResourceVersion(null);
        metadata.setUid(null);
        metadata.setCreationTimestamp(null);
        metadata.setGeneration(null);
        live.getAdditionalProperties().remove("status");
        return live;
    }

    /// Apply them and wait until they are rolled out.
    ///
    /// @param records carry out what heals
    public Disruption.Ongoing change(HealingRecords records) {
        var former = former();
        objects.forEach(object -> client.resource(object).forceConflicts().serverSideApply());
        awaitRollout("the CNI's new manifests");
        return () -> {
            former.forEach(records::carryOut);
            awaitRollout("the CNI's former manifests");
        };
    }

    private void awaitRollout(String whose) {
        POLLING.require(ROLLOUT, this::behind, List::isEmpty, last -> new ClusterException("%s are not rolled out within %s minutes: %s"
            .formatted(whose, Long.toString(ROLLOUT.toMinutes()), String.join(", ", last.value())), null));
    }

    /// The workloads that are not rolled out.
    private List<String> behind() {
        var behind = new ArrayList<String>();
        for (var set : of("DaemonSet")) {
            var there =
                client.apps().daemonSets().inNamespace(set.getMetadata().getNamespace()).withName(set.getMetadata().getName()).get();
            if (there == null) continue;
            var status = there.getStatus();
            if (status == null || less(status.getObservedGeneration(), there.getMetadata().getGeneration())
                || less(status.getUpdatedNumberScheduled(), status.getDesiredNumberScheduled())
                || less(status.getNumberAvailable(), status.getDesiredNumberScheduled())) behind.add("DaemonSet " + name(set));
        }
        for (var one : of("Deployment")) {
            var there =
                client.apps().deployments().inNamespace(one.getMetadata().getNamespace()).withName(one.getMetadata().getName()).get();
            if (there == null) continue;
            var status = there.getStatus();
            if (status == null || less(status.getObservedGeneration(), there.getMetadata().getGeneration())
                || less(status.getUpdatedReplicas(), there.getSpec().getReplicas())
                || less(status.getAvailableReplicas(), there.getSpec().getReplicas())) behind.add("Deployment " + name(one));
        }
        return behind;
    }

    private static boolean less(@Nullable Number is, @Nullable Number wanted) {
        return Objects.requireNonNullElse(is, 0L).longValue() < Objects.requireNonNullElse(wanted, 0L).longValue();
    }
}
