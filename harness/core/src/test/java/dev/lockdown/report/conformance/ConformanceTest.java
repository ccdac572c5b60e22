package dev.lockdown.report.conformance;

import static dev.lockdown.report.Script.cell;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.Run;
import dev.lockdown.report.Script;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The conformance table")
class ConformanceTest {
    private static final Run RUN = Script.run()
        .scenario("features/a.feature", 3, Status.PASSED, null,
            steps -> steps.table(5, cell("x", "y", 5, "open", "open"), cell("y", "x", 5, "blocked", "blocked"))
                .step(5, "Then", "two cells", Status.PASSED, null))
        .scenario("features/a.feature", 9, Status.FAILED, null,
            steps -> steps.table(11, cell("x", "y", 11, "open", "blocked")).step(11, "Then", "a cell", Status.FAILED,
                "no"))
        .scenario("features/sub/b.feature", 3, Status.SKIPPED, "no SCTP here", _ -> {})
        .finished(1, null).toRun();

    @Test
    void counts_scenarios_and_cells_by_feature() {
        assertThat(Conformance.of(RUN).lines()).containsExactly(
            "feature scenarios passed failed inconcl. skipped    cells     time",
            "a               2      1      1        0       0        3   200 ms",
            "sub/b           1      0      0        0       1        0   100 ms",
            "total           3      1      1        0       1        3    1.2 s");
    }

    @Test
    void says_in_markdown_what_was_not_tested() {
        assertThat(Conformance.of(RUN).markdown()).contains("| A (`features/a.feature`) | 2 | 1 | 1 | 0 | 0 | 3 | 200 ms |")
            .endsWith("## Not tested\n\n- `features/sub/b.feature:3` scenario 3: no SCTP here\n");
    }

    @Test
    void is_json_of_a_stated_schema() throws IOException {
        var json = new ObjectMapper().readTree(Conformance.of(RUN).json());
        assertThat(json.get("schema").asInt()).isEqualTo(1);
        assertThat(json.get("features")).hasSize(2);
        assertThat(json.get("total").get("cells").asInt()).isEqualTo(3);
        assertThat(json.get("skipped").get(0).get("because").asText()).isEqualTo("no SCTP here");
    }

    /// https://network-policy-api.sigs.k8s.io/npeps/npep-137-conformance-profiles/
    @Test
    void is_a_report_in_the_form_of_the_network_policy_api() throws IOException {
        var yaml = new YAMLMapper().readTree(Conformance.report(RUN));
        assertThat(yaml.get("apiVersion").asText()).isEqualTo("policy.networking.k8s.io/v1alpha1");
        assertThat(yaml.get("kind").asText()).isEqualTo("ConformanceReport");
        assertThat(Instant.parse(yaml.get("date").asText())).isNotNull();
        assertThat(yaml.at("/implementation/contact").isArray()).isTrue();
        var result = yaml.at("/profiles/0/standard");
        assertThat(yaml.at("/profiles/0/name").asText()).isEqualTo("NetworkPolicy");
        assertThat(result.get("result").asText()).isEqualTo("failure");
        assertThat(result.get("statistics").toString()).isEqualTo("{\"Passed\":1,\"Skipped\":1,\"Failed\":1}");
        assertThat(result.get("failedTests").toString()).isEqualTo("[\"A: scenario 9\"]");
        assertThat(result.get("skippedTests")).hasSize(1);
    }

    @Test
    void is_asked_for_by_its_tag_alone() {
        assertThat(Conformance.isAskedFor(typed("./lockdown", "run", "@conformance and not @ipv6"))).isTrue();
        assertThat(Conformance.isAskedFor(typed("./lockdown", "run", "features/conformance"))).isFalse();
    }

    private static Run typed(String... command) {
        return Run.of(List.of(new Entry.RunStarted(Instant.EPOCH, "r", "1", "embedded", 1, List.of(command))));
    }
}
