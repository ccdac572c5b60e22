package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("A fingerprint")
class FingerprintTest {
    @TempDir
    private Path folder;

    private Map<String, JsonNode> traits(String... options) throws IOException {
        var typist = new Typist(folder, InstantSource.system());
        var typed = new String[options.length + 3];
        System.arraycopy(new String[] {"fingerprint", "--output", "json"}, 0, typed, 0, 3);
        System.arraycopy(options, 0, typed, 3, options.length);
        assertThat(typist.types(typed)).as(typist.err()).isEqualTo(ExitStatus.OK);
        var document = new ObjectMapper().readTree(typist.out());
        try (var schema =
            Objects.requireNonNull(FingerprintTest.class.getResourceAsStream("/dev/lockdown/schema/fingerprint.schema.json"))) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema).validate(document))
                .isEmpty();
        }
        var traits = new HashMap<String, JsonNode>();
        document.get("traits").forEach(t -> traits.put(t.get("id").asText(), t.get("answer")));
        return traits;
    }

    @Test
    void tells_the_settings_of_the_embedded_cluster_apart() throws IOException {
        var dropping = traits("--established", "survives");
        assertThat(dropping.get("denied-ingress-tcp").asText()).isEqualTo("dropped");
        assertThat(dropping.get("fate-policy-tcp").asText()).isEqualTo("survives");
        assertThat(dropping.get("fate-policy-udp").asText()).isEqualTo("survives");
        assertThat(dropping.get("fate-server-deleted-tcp").asText()).startsWith("reset after");
        assertThat(dropping.get("fate-server-deleted-udp").asText()).as("told or not, but over both ways")
            .matches("(silent|reset) after .*");
        assertThat(dropping.get("own-node").asText()).isEqualTo("open");
        assertThat(dropping.get("end-port").asText()).isEqualTo("open");
        assertThat(dropping.get("named-port-other-protocol").asText()).isEqualTo("dropped");
        assertThat(dropping.get("pod-start").asText()).isEqualTo("never open");
        assertThat(dropping.get("pod-start-egress").asText()).isEqualTo("never open");
        assertThat(dropping.get("host-network-source").asText()).isEqualTo("open");
        assertThat(dropping.get("host-network-source-denied").asText()).isEqualTo("dropped");
        assertThat(dropping.get("host-network-source-denied-own-node").asText()).isEqualTo("open");
        assertThat(dropping.get("host-network-subject").asText()).isEqualTo("open");
        assertThat(dropping.get("agent-gap-denied").isNull()).as("it has no agent to be killed").isTrue();
        assertThat(dropping.get("policy-to-blocked").asText()).startsWith("median ");
        var rejecting = traits("--rejecting", "--established", "reset");
        assertThat(rejecting.get("denied-ingress-tcp").asText()).startsWith("rejected");
        assertThat(rejecting.get("fate-policy-tcp").asText()).startsWith("reset after");
    }

    @Test
    void refuses_settings_that_are_not_its_clusters() throws IOException {
        var typist = new Typist(folder, InstantSource.system());
        assertThat(typist.types("fingerprint", "--established", "forever")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("\"forever\" is none; expected survives, silent, flushed, reset");
        assertThat(typist.types("fingerprint", "--output", "yaml")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.types("fingerprint", "--cluster", "kubeconfig", "--rejecting")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("--rejecting is a setting of the embedded cluster");
    }
}
