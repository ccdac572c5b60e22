package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("A change that is rehearsed")
class RehearsedChangeTest {
    private static final String WEB = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: c, env: [{name: A_URL, value: "http://api:8080"}]}]}
        ---
        """;
    private static final String API = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api, namespace: shop}
        spec:
          template:
            metadata: {labels: {app: api}}
            spec: {containers: [{name: c, ports: [{containerPort: 8080}, {containerPort: 9000}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: api, namespace: shop}
        spec: {selector: {app: api}, ports: [{port: 8080}]}
        ---
        """;
    private static final String POLICY = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: api, namespace: shop}
        spec: {podSelector: {matchLabels: {app: api}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 8080}]}]}
        """;

    @TempDir
    private Path folder;
    private Typist typist = new Typist(Path.of(""));

    @BeforeEach
    void start() throws IOException {
        typist = new Typist(folder, InstantSource.system());
        Files.writeString(folder.resolve("old.yaml"), WEB + API + POLICY);
    }

    private ExitStatus change(String head, String... more) throws IOException {
        Files.writeString(folder.resolve("new.yaml"), head);
        var words = new ArrayList<>(
            List.of("rehearse", "--base", folder.resolve("old.yaml").toString(), "--head", folder.resolve("new.yaml").toString()));
        words.addAll(List.of(more));
        return typist.types(words.toArray(String[]::new));
    }

    @Test
    void of_nothing_is_harmless() throws IOException {
        assertThat(change(WEB + API + POLICY)).isEqualTo(ExitStatus.OK);
        assertThat(typist.out()).isEqualTo("This change breaks nothing that is needed and opens nothing that is not.\n");
    }

    @Test
    void breaks_a_need_by_a_label_alone_on_real_connections() throws IOException {
        assertThat(change(WEB.replace("{app: web}", "{app: front}") + API + POLICY)).isEqualTo(ExitStatus.FAILED);
        assertThat(typist.out()).contains("This change breaks 1 needed connection and opens 0 connections", "Broken by this change: 1",
            "shop/Deployment/web to service:shop/api on TCP/8080", "denied by shop/api", "new.yaml:7 env[A_URL]");
    }

    @Test
    void leaves_nobody_behind_a_Service() throws IOException {
        assertThat(change(WEB + API.replace("labels: {app: api}", "labels: {app: other}") + POLICY, "--expected-only"))
            .isEqualTo(ExitStatus.FAILED);
        assertThat(typist.out()).contains("it does not work without policies either");
    }

    @Test
    void opens_what_nobody_needs() throws IOException {
        assertThat(change(WEB + API + POLICY.replace(", ports: [{port: 8080}]", ""), "--output", "markdown")).isEqualTo(ExitStatus.FAILED);
        assertThat(typist.out()).startsWith("## This change breaks 0 needed connections and opens 1 connection")
            .contains("### Opened, needed by nobody: 1",
                "| shop/Deployment/web to shop/Deployment/api on TCP/9000 | allowed by shop/api |");
    }

    @Test
    void says_what_is_new_and_what_is_no_longer_needed() throws IOException {
        assertThat(change(WEB.replace("A_URL", "B").replace("http://api:8080", "x") + API + POLICY + "---\n"
            + WEB.replace("name: web", "name: job").replace("{app: web}", "{app: job}"), "--expected-only", "--output", "json"))
            .isEqualTo(ExitStatus.FAILED);
        assertThat(typist.out()).contains("\"noLonger\" : [ {", "\"stillOpen\" : true", "\"from\" : \"shop/Deployment/job\"");
        assertThat(errors()).isEmpty();
    }

    private List<Error> errors() throws IOException {
        try (var in = RehearsedChangeTest.class.getResourceAsStream("/dev/lockdown/schema/rehearsal-change.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(Objects.requireNonNull(in))
                .validate(new ObjectMapper().readTree(typist.out()));
        }
    }

    @Test
    void is_annotated_at_the_line_and_summed_up_for_GitHub() throws IOException {
        var summary = folder.resolve("summary.md");
        Files.writeString(folder.resolve("new.yaml"), WEB.replace("{app: web}", "{app: front}") + API + POLICY);
        var out = new StringWriter();
        var err = new StringWriter();
        var context =
            new ProcessContext(folder, new PrintWriter(out, true), new PrintWriter(err, true), new TerminalTraits(100, false, false, true),
                new Cleanup(), InstantSource.system());
        assertThat(new CommandTree(context, Map.of("GITHUB_STEP_SUMMARY", summary.toString())).run(List.of("rehearse", "--base",
            folder.resolve("old.yaml").toString(), "--head", folder.resolve("new.yaml").toString(), "--github", "--expected-only")))
            .isEqualTo(ExitStatus.FAILED);
        assertThat(err.toString()).contains("::error file=" + folder.resolve("new.yaml") + ",line=7,title=a needed connection breaks::"
            + "shop/Deployment/web to service:shop/api on TCP/8080: denied by shop/api");
        assertThat(Files.readString(summary)).startsWith("## This change breaks 1 needed connection");
    }

    @Test
    void tells_the_mistakes_of_both_states() throws IOException {
        Files.writeString(folder.resolve("old.yaml"), "kind: [");
        assertThat(change(WEB.replace("kind: Deployment", "kind: Deploymnt"))).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("old.yaml:1:8", "new.yaml:2:7");
    }

    @Test
    void needs_a_revision_that_there_is() {
        assertThat(typist.types("rehearse", "--base", "no-such-thing", "-f", folder.resolve("old.yaml").toString()))
            .isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.err()).contains("--base no-such-thing: there is no such folder or file, and no such revision of git here");
    }
}
