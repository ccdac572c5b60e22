package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
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
import org.junit.jupiter.params.provider.ValueSource;

/// What commands really print, against the schemas that are handed out.
@DisplayName("JSON on standard output")
class JsonSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MANIFESTS = """
        {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}, spec: {containers: [{name: m, ports: [{containerPort: 80}]}]}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: api, namespace: shop, labels: {app: api, tier: back}}, spec: {containers: [{name: m, ports: [{containerPort: 80}]}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: api, namespace: shop}, spec: {selector: {app: api}, ports: [{port: 8080, targetPort: 80}]}}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: guard, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: api}}
          ingress:
          - from:
            - podSelector: {matchLabels: {app: job}}
            - ipBlock: {cidr: 10.0.0.0/8}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: shut, namespace: shop}
        spec: {podSelector: {matchLabels: {app: web}}}
        """;

    @TempDir
    private Path folder;

    @Test
    void of_explain_says_where_the_policies_stand_that_decide() throws IOException {
        var document = valid("explain", output(explain("shop/web", "shop/api", "TCP/80")));
        assertThat(document.at("/deciding/0/policy").asText()).isEqualTo("shop/guard");
        assertThat(document.at("/deciding/0/file").asText()).endsWith("a.yaml");
        assertThat(document.at("/deciding/0/line").asInt()).isEqualTo(7);
        assertThat(document.at("/expected").asText()).isEqualTo("unspecified");
        assertThat(document.at("/arrivals/0/sides/1/rules")).extracting(r -> r.get("says").asText()).containsExactly("misses", "open");
    }

    @ParameterizedTest
    @CsvSource({"shop/api,shop/web,TCP/80,denied", "shop/api,shop/api,TCP/80,allowed", "shop/web,service:shop/api,TCP/8080,unspecified"})
    void of_explain_is_as_its_schema_says(String from, String to, String port, String expected) throws IOException {
        assertThat(valid("explain", output(explain(from, to, port))).get("expected").asText()).isEqualTo(expected);
    }

    @Test
    void of_explain_is_as_its_schema_says_where_replicas_do_not_agree() throws IOException {
        var file = Files.writeString(folder.resolve("job.yaml"), """
            apiVersion: v1
            kind: Pod
            metadata: {name: a, labels: {app: a}, ownerReferences: [{kind: Job, name: job, controller: true}]}
            spec: {containers: [{name: m}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: b, labels: {app: b}, ownerReferences: [{kind: Job, name: job, controller: true}]}
            spec: {containers: [{name: m}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: a}
            spec: {podSelector: {matchLabels: {app: a}}}
            """).toString();
        var document = valid("explain",
            output("explain", "-f", file, "--from", "192.0.2.1", "--to", "default/job", "--port", "TCP/80", "--output", "json"));
        assertThat(document.get("expected").asText()).isEqualTo("mixed");
        assertThat(document.get("answers")).extracting(a -> a.get("expected").asText()).containsExactly("denied", "allowed");
        ((ObjectNode) document.get("answers").get(0)).remove("flows");
        assertThat(errors("explain", document)).isNotEmpty();
    }

    private String[] explain(String from, String to, String port) throws IOException {
        return new String[] {"explain", "-f", manifests(), "--from", from, "--to", to, "--port", port, "--output", "json"};
    }

    @Test
    void of_steps_has_every_step_with_an_example() throws IOException {
        var document = valid("steps", output("steps", "--output", "json"));
        assertThat(document.get("steps")).hasSizeGreaterThan(25);
        assertThat(document.get("nouns")).extracting(n -> n.get("name").asText()).containsExactly("peer", "ports", "can", "order", "timing",
            "duration");
    }

    @Test
    void of_check_has_every_mistake_and_what_would_run() throws IOException {
        var feature = Files.writeString(folder.resolve("x.feature"), """
            Feature: x
              @mine
              Scenario: nothing
              Scenario: wrong
                When "shop" denies egress
            """);
        var typist = new Typist(folder);
        assertThat(typist.types("check", feature.toString(), "--output", "json")).isEqualTo(ExitStatus.BAD_INPUT);
        var document = valid("check", typist.out());
        assertThat(document.get("scenarios")).extracting(s -> s.get("name").asText()).containsExactly("nothing", "wrong");
        assertThat(document.get("mistakes")).extracting(m -> m.get("grade").asText() + m.get("line").asInt())
            .startsWith("proves-nothing3").contains("wrong5");
        assertThat(document.get("exitStatus").asInt()).isEqualTo(2);
    }

    @Test
    void of_doctor_has_every_check() throws IOException {
        var document = valid("doctor", output("doctor", "--output", "json"));
        assertThat(document.get("checks")).extracting(c -> c.get("name").asText()).contains("JDK 25", "libnftables", "disk");
        // No launcher in an empty folder, so the kernel was not tried.
        assertThat(document.get("usable").asBoolean()).isFalse();
    }

    @Test
    void of_doctor_has_what_k3s_needs() throws IOException {
        var document = valid("doctor",
            new Run(Path.of("../..")).output("doctor", "--cluster", "k3s:calico@3.32.2", "--images", "--output", "json"));
        assertThat(document.get("facts")).extracting(JsonNode::asText).anyMatch(f -> f.contains("quay.io/calico/node:v3.32.2"));
    }

    @Test
    void of_table_is_as_its_schema_says_where_nothing_is_probed() throws IOException {
        valid("table", output("table", "-f", manifests(), "--expected-only", "--output", "json"));
        for (var line : output("table", "-f", manifests(), "--expected-only", "--output", "jsonl").lines().toList())
            valid("table-line", line);
    }

    @Test
    @NamespacesAvailable
    void of_table_is_as_its_schema_says_in_every_state() throws IOException {
        var then = Files.writeString(folder.resolve("then.yaml"),
            "{$patch: delete, apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: guard, namespace: shop}}\n")
            .toString();
        var document = valid("table", output("table", "-f", manifests(), "--then", then, "--output", "json"));
        assertThat(document.get("then")).hasSize(1);
        assertThat(document.get("flows")).extracting(f -> f.get("observed").asText()).contains("open", "blocked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain -f x --from a/b --to a/c --port TCP/80", "steps", "doctor"})
    void is_one_of_two_outputs(String command) {
        var typist = new Typist(folder);
        assertThat(typist.types((command + " --output jsonl").split(" "))).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).startsWith("error: --output: \"jsonl\" is no output of this command; expected text or json\n");
        assertThat(typist.out()).isEmpty();
    }

    @Test
    void that_lacks_something_is_refused_by_the_schema() throws IOException {
        var documents = List.of("explain", "steps", "doctor", "table");
        var outputs = List.of(output(explain("shop/web", "shop/api", "TCP/80")), output("steps", "--output", "json"),
            output("doctor", "--output", "json"), output("table", "-f", manifests(), "--expected-only", "--output", "json"));
        for (int i = 0; i < documents.size(); i++) {
            var names = new ArrayList<String>();
            JSON.readTree(outputs.get(i)).fieldNames().forEachRemaining(names::add);
            for (var name : names) {
                var broken = (ObjectNode) JSON.readTree(outputs.get(i));
                broken.remove(name);
                assertThat(errors(documents.get(i), broken)).as(documents.get(i) + " without " + name).isNotEmpty();
            }
        }
    }

    @Test
    void that_uses_other_words_is_refused_by_the_schema() throws IOException {
        var explained = output(explain("shop/web", "shop/api", "TCP/80"));
        assertThat(errors("explain", JSON.readTree(explained.replace("\"unspecified\"", "\"open\"")))).isNotEmpty();
        assertThat(errors("explain", JSON.readTree(explained.replace("\"misses\"", "\"fails\"")))).isNotEmpty();
        assertThat(errors("explain", JSON.readTree(explained.replace("\"schema\" : 1", "\"schema\" : 2")))).isNotEmpty();
        assertThat(errors("explain", JSON.readTree(explained.replace("\"isolatedBy\"", "\"isolated\"")))).isNotEmpty();
    }

    private String manifests() throws IOException {
        return Files.writeString(folder.resolve("a.yaml"), MANIFESTS).toString();
    }

    private String output(String... words) {
        return new Run(folder).output(words);
    }

    private record Run(Path home) {
        String output(String... words) {
            var typist = new Typist(home);
            typist.types(words);
            return typist.out();
        }
    }

    private static JsonNode valid(String name, String text) throws IOException {
        var document = JSON.readTree(text);
        assertThat(errors(name, document)).isEmpty();
        return document;
    }

    private static List<Error> errors(String name, JsonNode document) throws IOException {
        return schema(name).validate(document);
    }

    private static Schema schema(String name) throws IOException {
        try (var in = JsonSchemaTest.class.getResourceAsStream("/dev/lockdown/schema/" + name + ".schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(Objects.requireNonNull(in, name));
        }
    }
}
