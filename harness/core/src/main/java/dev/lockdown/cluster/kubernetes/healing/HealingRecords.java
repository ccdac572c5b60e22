package dev.lockdown.cluster.kubernetes.healing;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.HarnessNamespaces;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.Waits;
import dev.lockdown.cluster.kubernetes.agent.AgentJar;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The disruptions that are under way in a cluster, or were when their run was killed.
///
/// ```java
/// var records = new HealingRecords(client, "lockdown.dev/run", ApiErrorText::of, waits);
/// for (var record : records.all()) records.heal(record);
/// ```
public final class HealingRecords {
    private static final Duration GOING = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final KubernetesClient client;
    private final String runLabel;
    private final Function<KubernetesClientException, String> wording;
    private final Polling polling;

    /// @param runLabel the label that names the run of all that it makes
    /// @param wording says for people why a call failed
    public HealingRecords(KubernetesClient client, String runLabel, Function<KubernetesClientException, String> wording, Waits waits) {
        polling = new Polling(PAUSE).telling(waits);
        this.client = client;
        this.runLabel = runLabel;
        this.wording = wording;
    }

    /// Keep one, whose name nobody else gives, before the disruption's first deed.
    public void keep(HealingRecord record) {
        var map = record.configMap(HarnessNamespaces.NODES, runLabel);
        try {
            client.resource(map).create();
        } catch (KubernetesClientException e) {
            // The answer to the first try was lost on the way: nobody else makes one of this name.
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) throw e;
        }
    }

    /// Forget one that was healed.
    public void forget(String name) {
        client.configMaps().inNamespace(HarnessNamespaces.NODES).withName(name).delete();
    }

    /// Those of every run.
    public List<HealingRecord> all() {
        return client.configMaps().inNamespace(HarnessNamespaces.NODES).withLabel(HealingRecord.LABEL).list().getItems().stream()
            .map(map -> HealingRecord.read(map, runLabel)).toList();
    }

    /// Take a disruption back, step by step, and forget it. Repeatable, however far somebody came before.
    ///
    /// @throws ClusterException if a step fails, saying which; then the record stays
    public void heal(HealingRecord record) {
        for (var repair : record.repairs()) {
            try {
                carryOut(repair);
            } catch (KubernetesClientException e) {
                throw new ClusterException("%s is not healed: %s %s: %s".formatted(record.told(), repair.object().getKind(),
                    repair.object().getMetadata().getName(), wording.apply(e)), e);
            }
        }
        forget(record.name());
    }

    /// Carry out one step.
    public void carryOut(Repair repair) {
        switch (repair) {
            case Repair.Restore(var object) -> {
                if (hasNamespace(object)) restore(object);
            }
            case Repair.Replace(var object) -> client.resource(object).forceConflicts().serverSideApply();
            case Repair.Remove(var object) -> client.resource(object).withGracePeriod(0).delete();
            case Repair.Relabel(var object, var without) -> relabel(object, without);
        }
    }

    /// What was in a namespace that is gone by now went with it.
    private boolean hasNamespace(HasMetadata object) {
        var namespace = object.getMetadata().getNamespace();
        return namespace == null || client.namespaces().withName(namespace).get() != null;
    }

    private void restore(HasMetadata object) {
        complete(object);
        polling.require(GOING, () -> refusal(object), Optional::isEmpty, last -> last.value().orElseThrow(),
            why -> "%s %s to be there again: %s".formatted(object.getKind(), object.getMetadata().getName(),
                wording.apply(why.orElseThrow())));
    }

    /// @return why it could not be made yet: what had its name is still going, or its namespace has no service account so far
    private Optional<KubernetesClientException> refusal(HasMetadata object) {
        try {
            client.resource(object).create();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) return isThere(object) ? Optional.empty() : Optional.of(e);
            if (String.valueOf(e.getMessage()).contains("serviceaccount")) return Optional.of(e);
            throw e;
        }
    }

    /// Whether what has its name is the object, and not what is about to go.
    private boolean isThere(HasMetadata object) {
        // A run may not look at ConfigMaps one by one.
        if (object instanceof ConfigMap) return true;
        var there = client.resource(object).get();
        if (there == null || there.getMetadata().getDeletionTimestamp() != null) return false;
        if (object instanceof NetworkPolicy || object instanceof Service)
            client.resource(object).forceConflicts().serverSideApply();
        return true;
    }

    /// The agent's jar is in every harness, and not in its records.
    private static void complete(HasMetadata object) {
        if (object instanceof ConfigMap map && Objects.requireNonNullElse(map.getBinaryData(), Map.of()).containsKey(AgentJar.NAME))
            map.setBinaryData(Map.of(AgentJar.NAME, AgentJar.base64()));
    }

    private void relabel(HasMetadata object, List<String> without) {
        if (client.resource(object).get() == null) return;
        var labels = new LinkedHashMap<String, @Nullable String>();
        without.forEach(label -> labels.put(label, null));
        labels.putAll(object.getMetadata().getLabels());
        client.resource(object).patch(PatchContext.of(PatchType.JSON_MERGE),
            Serialization.asJson(Map.of("metadata", Map.of("labels", labels))));
    }
}
