package dev.lockdown.cluster.kubernetes.healing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.lockdown.cluster.ClusterException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// How a disruption is taken back, as it is kept in the cluster: a ConfigMap of the run.
///
/// @param name of the ConfigMap
/// @param run whose disruption it is
/// @param words what was done
/// @param ends when it was to be healed
public record HealingRecord(String name, String run, String words, Instant ends, List<Repair> repairs) {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String LABEL = "lockdown.dev/disruption";
    private static final String WORDS = "lockdown.dev/disruption";
    private static final String ENDS = "lockdown.dev/ends";
    private static final String REPAIRS = "repairs.json";

    public HealingRecord {
        repairs = List.copyOf(repairs);
    }

    /// `namespace shop is locked down (was to end at 2026-11-28T17:44:32Z)`
    public String told() {
        return "%s (was to end at %s)".formatted(words, ends);
    }

    ConfigMap configMap(String namespace, String runLabel) {
        return new ConfigMapBuilder().withNewMetadata().withNamespace(namespace).withName(name)
            .withLabels(Map.of(runLabel, run, LABEL, "true")).withAnnotations(Map.of(WORDS, words, ENDS, ends.toString())).endMetadata()
            .withData(Map.of(REPAIRS, json())).build();
    }

    private String json() {
        var all = JSON.createArrayNode();
        for (var repair : repairs) write(repair, all);
        return all.toString();
    }

    private static void write(Repair repair, ArrayNode to) {
        var step = to.addObject();
        switch (repair) {
            case Repair.Restore _ -> step.put("do", "restore");
            case Repair.Replace _ -> step.put("do", "replace");
            case Repair.Remove _ -> step.put("do", "remove");
            case Repair.Relabel(_, var without) -> {
                step.put("do", "relabel");
                var labels = step.putArray("without");
                without.forEach(labels::add);
            }
        }
        step.set("object", JSON.valueToTree(Serialization.unmarshal(Serialization.asJson(repair.object()), Map.class)));
    }

    /// @throws ClusterException if nobody of us wrote it
    static HealingRecord read(ConfigMap map, String runLabel) {
        var metadata = map.getMetadata();
        var about = Objects.requireNonNullElse(metadata.getAnnotations(), Map.<String, String>of());
        try {
            var repairs = new ArrayList<Repair>();
            for (var step : JSON.readTree(Objects.requireNonNullElse(map.getData(), Map.<String, String>of()).getOrDefault(REPAIRS, "[]")))
                repairs.add(repair(step));
            return new HealingRecord(metadata.getName(), metadata.getLabels().getOrDefault(runLabel, ""),
                about.getOrDefault(WORDS, "a disruption"), Instant.parse(about.getOrDefault(ENDS, Instant.EPOCH.toString())), repairs);
        } catch (Exception e) {
            throw new ClusterException("the ConfigMap %s/%s is no record of a disruption: %s".formatted(metadata.getNamespace(),
                metadata.getName(), e.getMessage()), e);
        }
    }

    private static Repair repair(JsonNode step) {
        if (step.path("do").asText().equals("replace"))
            return new Repair.Replace(Serialization.unmarshal(step.path("object").toString(), GenericKubernetesResource.class));
        var object = (HasMetadata) Serialization.unmarshal(step.path("object").toString(), KubernetesResource.class);
        return switch (step.path("do").asText()) {
            case "restore" -> new Repair.Restore(object);
            case "remove" -> new Repair.Remove(object);
            case "relabel" -> {
                var without = new ArrayList<String>();
                step.path("without").forEach(label -> without.add(label.asText()));
                yield new Repair.Relabel(object, without);
            }
            case String other -> throw new IllegalArgumentException("\"%s\" is no step".formatted(other));
        };
    }
}
