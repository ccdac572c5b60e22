package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.state.OutsideText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NamespacesAvailable
@DisplayName("Names from outside are shown and not obeyed")
class OutsideNamesTest {
    private static final String NAME = "a\nb\r\u001b[31m\u009b2J\u007f\u202e\u2028c.feature";
    private static final String TITLE = "del\u007f c1\u009b2J bidi\u202e\u2066";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /// On a terminal, whose colours are let through.
    private ExitStatus types(String... words) {
        var context = new ProcessContext(folder, printer(out), printer(err), new TerminalTraits(100, true, true, true), new Cleanup(),
            InstantSource.system());
        return new CommandTree(context, Map.of()).run(List.of(words));
    }

    private static PrintWriter printer(StringWriter to) {
        return new PrintWriter(new SafeWriter(to, true), true);
    }

    private String feature(String step) throws IOException {
        return Files.writeString(folder.resolve(NAME), """
            Feature: %1$s
              Scenario: %1$s
                Given the pods
                  | pod      | serves   |
                  | shop/web | TCP/8080 |
                Then %2$s
            """.formatted(TITLE, step)).toString();
    }

    private static void assertHarmless(String text) {
        assertThat(text.codePoints().filter(c -> c != '\n')).noneMatch(OutsideText::isHarmful);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "jsonl"})
    void in_what_run_prints_as_json(String output) throws IOException {
        var stdout = System.out;
        var raw = new ByteArrayOutputStream();
        System.setOut(new PrintStream(raw, true, StandardCharsets.UTF_8));
        try {
            var feature = feature("\"shop/web\" can reach \"shop/web\" on TCP/8080");
            assertThat(types("run", "--output", output, "--report", folder.resolve("r").toString(), feature)).isEqualTo(ExitStatus.OK);
        } finally {
            System.setOut(stdout);
        }
        assertThat(raw.toString(StandardCharsets.UTF_8)).isEmpty();
        assertHarmless(out.toString());
        var documents = JSON.readerFor(JsonNode.class).<JsonNode>readValues(out.toString()).readAll();
        assertThat(documents).anySatisfy(d -> assertThat(d.findValuesAsText("name")).contains(TITLE));
        assertThat(documents).anySatisfy(d -> assertThat(d.findValuesAsText("feature")).anyMatch(f -> f.endsWith(NAME)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "run"})
    void in_a_mistake_that_is_told(String command) throws IOException {
        assertThat(types(command, feature("nothing is said"))).isEqualTo(ExitStatus.BAD_INPUT);
        var told = out.toString() + err;
        assertHarmless(told);
        assertThat(told).contains("/a\\nb\\u000d\\u001b[31m\\u009b2J\\u007f\\u202e\\u2028c.feature:6:10: no step says this");
    }

    @Test
    void where_there_is_no_such_file() {
        assertThat(types("check", NAME)).isEqualTo(ExitStatus.BAD_INPUT);
        assertHarmless(err.toString());
        assertThat(err.toString()).contains("no feature or folder \"a\\nb\\u000d\\u001b[31m");
    }

    @Test
    void in_a_manifest_that_is_read() throws IOException {
        var manifest = Files.writeString(folder.resolve(NAME.replace("feature", "yaml")), "kind: Pod\n");
        assertThat(types("table", "-f", manifest.toString())).isEqualTo(ExitStatus.BAD_INPUT);
        assertHarmless(err.toString());
        assertThat(err.toString()).contains("/a\\nb\\u000d\\u001b[31m\\u009b2J\\u007f\\u202e\\u2028c.yaml:1:1: ");
    }
}
