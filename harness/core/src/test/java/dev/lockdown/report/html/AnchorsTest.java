package dev.lockdown.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Links of others into the page")
class AnchorsTest {
    @Test
    void lead_to_features_and_scenarios_that_a_run_has_had() {
        var ids = Html.of(SampleJournal.RUN).all().map(e -> e.getAttribute("id")).toList();
        assertThat(SampleJournal.RUN.scenarios()).isNotEmpty()
            .allSatisfy(s -> assertThat(ids).contains(Anchors.scenario(s.started().feature(), s.started().line(), 1)));
        assertThat(SampleJournal.RUN.features()).allSatisfy(f -> assertThat(ids).contains(Anchors.feature(f.path())));
    }

    @Test
    void tell_the_times_of_a_scenario_apart_as_a_run_does() {
        assertThat(Anchors.scenario("a.feature", 3, 2)).isEqualTo(Anchors.scenario("a.feature", 3, "a.feature#2:3"))
            .isNotEqualTo(Anchors.scenario("a.feature", 3, 1));
    }
}
