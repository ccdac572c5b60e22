package dev.lockdown.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.lockdown.manifest.yaml.ManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The schemas that editors use, against what is really read.
@DisplayName("The schemas of a night's files")
class SchemasOfNightsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCHEMAS = Path.of("src/main/resources/dev/lockdown/schema");

    private static JsonNode schema(String name) throws IOException {
        return JSON.readTree(SCHEMAS.resolve(name + ".schema.json").toFile());
    }

    private static List<Error> errors(String name, String yaml) throws IOException {
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        return registry.getSchema(schema(name)).validate(JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml)));
    }

    private static List<String> names(JsonNode properties) {
        var names = new ArrayList<String>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void know_the_fields_that_are_read() throws IOException {
        var matrix = schema("matrix");
        var settings = Arrays.stream(Setting.values()).filter(s -> s != Setting.DEFECT).map(Setting::key).toList();
        var shared = MatrixReader.shared().toList();
        assertThat(names(matrix.at("/properties/matrix/properties"))).containsExactlyInAnyOrderElementsOf(settings);
        assertThat(names(matrix.at("/properties/exclude/items/properties"))).containsExactlyInAnyOrderElementsOf(settings);
        assertThat(names(matrix.at("/properties/include/items/properties"))).containsExactlyInAnyOrderElementsOf(
            Stream.of(settings.stream(), shared.stream(), Stream.of("name")).flatMap(s -> s).toList());
        assertThat(names(matrix.at("/properties"))).containsExactlyInAnyOrderElementsOf(
            Stream.concat(shared.stream(), Stream.of("matrix", "include", "exclude", "deviations", "quarantine")).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"matrix: {cluster: [embedded], deny: [drop, reject], established: [silent]}", //
        "{features: a, tags: '@dns', priority: 3, deadline: 30m, repeat: 2, threads: 4, matrix: {cluster: [k3s], k3s: ['1.34'], families: [IPv4+IPv6]}}", //
        "matrix: {cluster: [k3s], nodes: [2, 3]}", //
        "include: [{name: lab, cluster: kubeconfig, context: lab, external: {a.example: self}, map: {shop: ci}, fingerprint: true}]", //
        "include: [{cluster: k3s, cni: calico, version: '3.31.7', nodes: 3, images: i, charts: c, registries: r, features: [a, b]}]", //
        "{matrix: {cluster: [embedded], deny: [drop, reject]}, exclude: [{deny: reject}], deviations: d.yaml, quarantine: '@slow'}", //
        "matrix: {clutser: [embedded]}", "matrix: {cluster: [minikube]}", "matrix: {cluster: []}", "matrix: {cluster: [k3s], k3s: [1.34]}", //
        "{matrix: {cluster: [embedded]}, deadline: 30}", "{matrix: {cluster: [embedded]}, deadline: 1d}",
        "{matrix: {cluster: [embedded]}, priority: 1001}", //
        "{matrix: {cluster: [embedded]}, repeat: 0}", "{matrix: {cluster: [embedded]}, features: []}",
        "{matrix: {cluster: [embedded]}, exclude: [{name: x}]}", //
        "{matrix: {cluster: [embedded]}, allow-disruptive: 'yes'}",
        "include: [{cluster: kubeconfig, context: a, external: a.example=self}]", //
        "include: [{}]", "features: a"})
    void take_the_matrices_that_are_read_and_no_others(String yaml) throws IOException {
        boolean read;
        try {
            Matrix.read(Path.of("matrix.yaml"), yaml, "features");
            read = true;
        } catch (ManifestException _) {
            read = false;
        }
        assertThat(errors("matrix", yaml).isEmpty()).as("%s\n%s", errors("matrix", yaml), read).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deviations: [{cni: calico, scenario: A*, reason: r}]",
        "deviations: [{cni: calico, versions: '>=3.0 <3.30', flow: a/b to c/d on TCP/80, reason: r, link: l}]", "deviations: []", "{}",
        "deviations: [{cni: calico, reason: r}]", "deviations: [{scenario: A, reason: r}]", "deviations: [{cni: calico, scenario: A}]",
        "deviations: [{cni: calico, scenario: A, reason: r, sometimes: true}]",
        "deviations: [{cni: calico, scenario: A, reason: r, sometimes: often}]",
        "deviations: [{cni: calico, scenario: A, reason: r, version: '3'}]",
        "deviations: [{cni: calico, versions: newer, scenario: A, reason: r}]"})
    void take_the_deviations_that_are_read_and_no_others(String yaml) throws IOException {
        boolean read;
        try {
            Deviations.read("deviations.yaml", yaml);
            read = true;
        } catch (ManifestException _) {
            read = false;
        }
        assertThat(errors("deviations", yaml).isEmpty()).as("%s\n%s", errors("deviations", yaml), read).isEqualTo(read);
    }

    @Test
    void take_the_deviations_that_are_shipped() throws IOException {
        assertThat(errors("deviations", Files.readString(Path.of("../../fixtures/deviations.yaml")))).isEmpty();
    }
}
