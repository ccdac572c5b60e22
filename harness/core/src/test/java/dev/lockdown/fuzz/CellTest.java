package dev.lockdown.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.Drop;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.fuzz.Cell.Fit;
import dev.lockdown.policy.Expectation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A cell")
class CellTest {
    private static final Expectation ALLOWED = new Expectation.Allowed(List.of());
    private static final Expectation DENIED = new Expectation.Denied(List.of());
    private static final Outcome OPEN = new Outcome.Connected(Duration.ofMillis(1), "x/b", "10.42.0.2");
    private static final Outcome SILENCE = new Outcome.TimedOut(Duration.ofSeconds(1), Outcome.Lost.UNKNOWN);
    private static final Drop DROP = new Drop("node-1", "ingress of x/b");
    private static final Probe PROBE =
        Probe.Reach.of(Flow.of(Endpoint.parse("x/a"), Endpoint.parse("x/b"), Port.parse("TCP/80")));

    @Test
    void agrees_when_it_is_open_as_allowed() {
        assertThat(cell(ALLOWED, OPEN).fit()).isEqualTo(Fit.AGREES);
    }

    @Test
    void agrees_when_a_rule_dropped_what_is_denied() {
        assertThat(cell(DENIED, SILENCE, DROP).fit()).isEqualTo(Fit.AGREES);
    }

    @Test
    void is_wrong_when_what_is_denied_is_open() {
        assertThat(cell(DENIED, OPEN).fit()).isEqualTo(Fit.WRONG);
    }

    @Test
    void is_wrong_when_a_rule_dropped_what_is_allowed() {
        assertThat(cell(ALLOWED, SILENCE, DROP).fit()).isEqualTo(Fit.WRONG);
    }

    @Test
    void is_never_taken_for_denied_where_silence_alone_says_so() {
        assertThat(cell(DENIED, SILENCE).fit()).isEqualTo(Fit.SILENT);
    }

    @Test
    void is_not_compared_where_the_api_leaves_it_open() {
        assertThat(cell(new Expectation.Unspecified("section", List.of()), OPEN).fit()).isEqualTo(Fit.LEFT_OPEN);
    }

    @Test
    void says_what_was_expected_and_observed() {
        assertThat(cell(ALLOWED, SILENCE, DROP).words())
            .isEqualTo("x/a to x/b on TCP/80: expected allowed, observed dropped by node-1: ingress of x/b");
    }

    private static Cell cell(Expectation expectation, Outcome outcome, Drop... drops) {
        return new Cell(PROBE, expectation, new Observation(PROBE, outcome, Instant.EPOCH, List.of(drops)));
    }
}
