package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `rehearse` really prints, against the schema that is handed out.
@DisplayName("A rehearsal as JSON")
class RehearsalSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STORE = "../../fixtures/apps/store";
    /// Shuts the database for all but the orders.
    private static final String OWN_POLICIES = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: database, namespace: store}
        spec:
          podSelector: {matchLabels: {app: database}}
          ingress:
          - from: [{podSelector: {matchLabels: {app: orders}}}]
        """;

    @TempDir
    private Path folder;

    @Test
    void is_as_its_schema_says_where_nothing_is_probed() throws IOException {
        var document = valid(rehearsed("--expected-only"));
        assertThat(document.get("needs")).extracting(n -> n.get("underLockdown").asText()).contains("blocked", "unknown");
        assertThat(document.get("needs")).extracting(n -> n.get("healed").asText()).contains("true", "null").doesNotContain("false");
        assertThat(document.get("needs")).allSatisfy(n -> assertThat(n.has("today")).isFalse());
        assertThat(document.get("proposals").get(0).get("for")).isEmpty();
        assertThat(document.get("unproven")).isNotEmpty();
        assertThat(document.get("assumed")).isNotEmpty();
    }

    @Test
    void is_as_its_schema_says_where_there_are_policies() throws IOException {
        var document = valid(rehearsed("--expected-only", "-f", ownPolicies()));
        assertThat(document.get("needs")).allSatisfy(n -> assertThat(n.has("today")).isTrue());
        assertThat(document.get("needs")).extracting(n -> n.get("today").asText()).contains("blocked");
        assertThat(document.get("openToday")).isNotEmpty();
    }

    @Test
    @NamespacesAvailable
    void is_as_its_schema_says_where_connections_are_tried() throws IOException {
        var document = valid(rehearsed("-f", ownPolicies()));
        assertThat(document.get("cluster").asText()).contains("embedded");
        assertThat(document.get("needs")).extracting(n -> n.get("healed").asText()).contains("true").doesNotContain("false");
        assertThat(document.get("opened")).isEmpty();
    }

    @Test
    void that_lacks_something_is_refused_by_the_schema() throws IOException {
        for (var at : List.of("", "/needs/0", "/needs/0/because/0", "/proposals/0", "/proposals/2/for/0", "/openToday/0", "/unproven/0",
            "/unproven/0/because")) {
            var whole = JSON.readTree(rehearsed("--expected-only", "-f", ownPolicies()));
            var names = new ArrayList<String>();
            whole.at(at).fieldNames().forEachRemaining(names::add);
            assertThat(names).as(at).isNotEmpty();
            for (var name : names) {
                var broken = whole.deepCopy();
                ((ObjectNode) broken.at(at)).remove(name);
                // Only where there are policies does a need have a state under them.
                if (!name.equals("today")) assertThat(errors(broken)).as(at + " without " + name).isNotEmpty();
                ((ObjectNode) broken.at(at)).set(name, whole.at(at).get(name));
                ((ObjectNode) broken.at(at)).put(name + "s", 1);
                assertThat(errors(broken)).as(at + " with " + name + "s").isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"\"blocked\",\"shut\"", "\"metrics_push\",\"push\"", "\"TCP\",\"tcp\"", "\"schema\" : 1,\"schema\" : 2",
        "\"healed\" : true,\"healed\" : \"yes\""})
    void that_uses_other_words_is_refused_by_the_schema(String word, String other) throws IOException {
        var text = rehearsed("--expected-only");
        assertThat(text).contains(word);
        assertThat(errors(JSON.readTree(text.replace(word, other)))).isNotEmpty();
    }

    private String ownPolicies() throws IOException {
        return Files.writeString(folder.resolve("own.yaml"), OWN_POLICIES).toString();
    }

    private String rehearsed(String... more) {
        var words = new ArrayList<>(List.of("rehearse", "-f", STORE, "--output", "json"));
        words.addAll(List.of(more));
        var typist = new Typist(folder);
        assertThat(typist.types(words.toArray(String[]::new))).as(typist.err()).isIn(ExitStatus.OK, ExitStatus.FAILED);
        return typist.out();
    }

    private static JsonNode valid(String text) throws IOException {
        var document = JSON.readTree(text);
        assertThat(errors(document)).isEmpty();
        return document;
    }

    private static List<Error> errors(JsonNode document) throws IOException {
        try (var in = RehearsalSchemaTest.class.getResourceAsStream("/dev/lockdown/schema/rehearsal.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(Objects.requireNonNull(in))
                .validate(document);
        }
    }
}
