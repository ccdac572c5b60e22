package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads manifests that are shipped. fabric8 keeps fields that it does not know; here they are refused.
final class StrictManifests {
    private static final Map<String, Class<? extends HasMetadata>> TYPES = Stream.of(Namespace.class, ServiceAccount.class,
        ClusterRole.class, ClusterRoleBinding.class, Role.class, RoleBinding.class, ConfigMap.class, PersistentVolumeClaim.class, Job.class,
        CronJob.class)
        .collect(Collectors.toMap(Class::getSimpleName, type -> type));

    private StrictManifests() {}

    static ObjectMapper mapper() {
        return YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            }).build();
    }

    static List<HasMetadata> objects(Path file) throws IOException {
        var strict = mapper();
        var objects = new ArrayList<HasMetadata>();
        try (var documents = strict.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            while (documents.hasNext()) {
                objects.add(object(documents.next()));
            }
        }
        return objects;
    }

    static HasMetadata object(JsonNode document) throws IOException {
        var kind = document.path("kind").asText();
        return mapper().treeToValue(document, Objects.requireNonNull(TYPES.get(kind), kind));
    }

    static <T> T only(List<HasMetadata> objects, Class<T> type) {
        var found = objects.stream().filter(type::isInstance).map(type::cast).toList();
        assertThat(found).as(type.getSimpleName()).hasSize(1);
        return found.getFirst();
    }
}
