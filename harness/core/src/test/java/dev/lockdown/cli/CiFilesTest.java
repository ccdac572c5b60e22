package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A file for a CI system")
class CiFilesTest {
    private static final Map<String, String> GROUPS = Map.of("argoproj.io/v1alpha1", "argo", "tekton.dev/v1", "tekton");

    static Stream<Arguments> schemas() {
        return Stream.of(Arguments.of("github", CiFiles.TOP.resolve(".github/workflows/ci.yml")),
            Arguments.of("github", CiFiles.TOP.resolve(".github/workflows/release.yml")), Arguments.of("github", CiFiles.NIGHTLY),
            Arguments.of("github", CiFiles.SHARDED),
            Arguments.of("gitlab", CiFiles.GITLAB), Arguments.of("jenkins", CiFiles.JENKINSFILE));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void has_the_form_that_the_system_asks_for(String schema, Path file) throws IOException {
        assertThat(CiFiles.documents(file)).singleElement().satisfies(d -> assertThat(CiFiles.errors(schema, d)).isEmpty());
    }

    static List<Path> manifests() {
        return List.of(CiFiles.ARGO, CiFiles.TEKTON, CiFiles.TEKTON_RUN);
    }

    /// What Argo and Tekton take from Kubernetes is held against its types, the rest against what they say.
    @ParameterizedTest
    @MethodSource("manifests")
    void is_of_objects_whose_every_field_the_api_knows(Path file) throws IOException {
        for (var document : CiFiles.documents(file)) {
            var schema = GROUPS.get(document.path("apiVersion").asText());
            if (schema == null) StrictManifests.object(document);
            else {
                assertThat(CiFiles.errors(schema, document)).as(document.path("kind").asText()).isEmpty();
                typed(document.path("metadata"), ObjectMeta.class);
                for (var object : CiFiles.objects(document).toList()) {
                    typed(object.path("container"), Container.class);
                    for (var volume : object.path("volumes")) typed(volume, Volume.class);
                    typed(object.path("computeResources"), ResourceRequirements.class);
                    typed(object.path("securityContext"), object.has("image") ? SecurityContext.class : PodSecurityContext.class);
                }
                if (document.path("kind").asText().equals("PipelineRun"))
                    for (var workspace : document.at("/spec/workspaces")) typed(workspace, Volume.class);
            }
        }
    }

    private static void typed(JsonNode part, Class<?> type) throws IOException {
        if (!part.isMissingNode()) assertThat(StrictManifests.mapper().treeToValue(part, type)).isNotNull();
    }

    /// The names that objects know each other by.
    @Test
    void of_argo_and_tekton_names_what_is_there() throws IOException {
        var argo = CiFiles.document(CiFiles.ARGO, "WorkflowTemplate", "lockdown").path("spec");
        var templates = argo.path("templates").findValuesAsText("name");
        assertThat(templates).contains(argo.path("entrypoint").asText(), argo.path("onExit").asText())
            .containsAll(argo.path("templates").findValuesAsText("template"));
        assertThat(CiFiles.document(CiFiles.ARGO, "CronWorkflow", "lockdown").at("/spec/workflowSpec/workflowTemplateRef/name").asText())
            .isEqualTo("lockdown");
        var pipeline = CiFiles.document(CiFiles.TEKTON, "Pipeline", "lockdown").path("spec");
        for (var tasks : List.of("tasks", "finally")) {
            for (var task : pipeline.path(tasks)) {
                var spec = CiFiles.document(CiFiles.TEKTON, "Task", task.at("/taskRef/name").asText()).path("spec");
                assertThat(spec.path("workspaces").findValuesAsText("name"))
                    .isEqualTo(task.path("workspaces").findValuesAsText("name"));
                assertThat(spec.path("params").findValuesAsText("name")).containsExactlyInAnyOrderElementsOf(
                    Stream.concat(task.path("params").findValuesAsText("name").stream(),
                        task.at("/matrix/params").findValuesAsText("name").stream()).toList());
            }
        }
        assertThat(names(CiFiles.documents(CiFiles.TEKTON_RUN).getFirst().at("/spec/workspaces")))
            .isEqualTo(names(pipeline.path("workspaces")));
    }

    private static List<String> names(JsonNode list) {
        return CiFiles.objects(list).filter(o -> o.size() > 0 && o.has("name")).map(o -> o.path("name").asText())
            .filter(n -> !n.startsWith("lockdown-")).toList();
    }

    static Stream<Path> all() {
        return Stream.concat(manifests().stream(), Stream.of(CiFiles.GITLAB, CiFiles.JENKINSFILE));
    }

    /// One image under one name, which is said to be put in.
    @ParameterizedTest
    @MethodSource("all")
    void runs_the_image_that_the_others_run(Path file) throws IOException {
        assertThat(Files.readString(file).lines().filter(l -> l.matches(".*\\bdocker\\.io/.*"))
            .map(l -> l.replaceFirst(".*(docker\\.io/[^']*).*", "$1")))
            .containsOnly(file.equals(CiFiles.TEKTON_RUN) ? new String[0] : new String[] {"docker.io/library/lockdown:VERSION"});
    }

    @Test
    void that_is_no_declarative_pipeline_is_told_from_one() {
        assertThatThrownBy(() -> DeclarativePipeline.read("pipeline { agent any; stages { if (x) { stage('a') {} } } }"))
            .hasMessageContaining("no call");
        assertThatThrownBy(() -> DeclarativePipeline.read("pipeline { stagez { } }")).hasMessageContaining("stagez is no section");
    }
}
