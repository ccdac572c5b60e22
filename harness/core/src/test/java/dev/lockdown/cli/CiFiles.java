package dev.lockdown.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The files for CI systems that are shipped, and what their documentation says of such files: schemas of the parts that they use, closed, so
/// that no key is taken that the system does not know.
final class CiFiles {
    static final Path TOP = Path.of("../..");
    static final Path CI = TOP.resolve("fixtures/ci");
    static final Path NIGHTLY = CI.resolve("github/nightly.yml");
    static final Path SHARDED = CI.resolve("github/sharded.yml");
    static final Path GITLAB = CI.resolve("gitlab/lockdown.gitlab-ci.yml");
    static final Path JENKINSFILE = CI.resolve("jenkins/Jenkinsfile");
    static final Path ARGO = CI.resolve("kubernetes/argo.yaml");
    static final Path TEKTON = CI.resolve("kubernetes/tekton.yaml");
    static final Path TEKTON_RUN = CI.resolve("kubernetes/tekton-run.yaml");

    private CiFiles() {}

    static List<JsonNode> documents(Path file) throws IOException {
        if (file.equals(JENKINSFILE)) return List.of(DeclarativePipeline.read(Files.readString(file)));
        try (var documents = StrictManifests.mapper().readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            return documents.readAll();
        }
    }

    static JsonNode document(Path file, String kind, String name) throws IOException {
        return documents(file).stream()
            .filter(d -> d.path("kind").asText().equals(kind) && d.at("/metadata/name").asText().equals(name)).findFirst().orElseThrow();
    }

    /// @param schema of `dev/lockdown/ci`
    static List<Error> errors(String schema, JsonNode document) throws IOException {
        try (var in = CiFiles.class.getResourceAsStream("/dev/lockdown/ci/" + schema + ".schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(Objects.requireNonNull(in, schema))
                .validate(document);
        }
    }

    /// Every object in a document, itself among them.
    static Stream<JsonNode> objects(JsonNode document) {
        var children = new ArrayList<JsonNode>();
        document.forEach(children::add);
        return Stream.concat(document.isObject() ? Stream.of(document) : Stream.empty(), children.stream().flatMap(CiFiles::objects));
    }

    static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(t -> texts.add(t.asText()));
        return texts;
    }
}
