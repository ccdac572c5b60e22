package dev.lockdown.cluster.embedded.dial;

import static dev.lockdown.cluster.embedded.dial.DialFixture.PATIENT;
import static dev.lockdown.cluster.embedded.dial.DialFixture.TCP;
import static dev.lockdown.cluster.embedded.dial.DialFixture.UDP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome.Connected;
import dev.lockdown.flow.Outcome.TimedOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@NamespacesAvailable
@DisplayName("The dialler, with two threads and a crowd of pods,")
class DiallerCrowdTest {
    private static final String DENY_ODD = "ip daddr & 0.0.0.1 == 0.0.0.1 log prefix \"odd\" group 5 snaplen 64 drop";

    @Test
    void connects_everybody() throws IOException {
        try (var network = new DialFixture(2, 2, 20, TCP, UDP)) {
            assertThat(network.dialler.observe(network.table(TCP, UDP), PATIENT)).extracting(Observation::outcome)
                .hasSize(20 * 19 * 2).hasOnlyElementsOfType(Connected.class);
        }
    }

    @Test
    void decides_every_cell_by_the_rules_and_names_the_rule_where_it_dropped() throws IOException {
        try (var network = new DialFixture(2, 2, 20, TCP, UDP)) {
            network.rules(DENY_ODD);
            var dials = network.table(TCP, UDP);
            var seen = network.dialler.observe(dials, PATIENT);
            for (int i = 0; i < dials.size(); i++) {
                var target = ((PlannedDial.To) dials.get(i)).target().getAddress().getAddress();
                assertThat(seen.get(i).outcome()).isInstanceOf(target[3] % 2 == 0 ? Connected.class : TimedOut.class);
                assertThat(seen.get(i).drops()).hasSize(target[3] % 2 == 0 ? 0 : 1);
            }
        }
    }

    @Test
    void waits_for_silent_calls_together_and_gives_all_descriptors_back() throws IOException {
        try (var network = new DialFixture(2, 2, 25, TCP, UDP)) {
            network.dialler.observe(network.table(TCP, UDP), PATIENT);
            network.rules("drop");
            long before = descriptors();
            assertThat(network.dialler.observe(network.table(TCP, UDP), Duration.ofMillis(300))).extracting(Observation::outcome)
                .hasSize(25 * 24 * 2).hasOnlyElementsOfType(TimedOut.class);
            assertThat(descriptors()).isLessThanOrEqualTo(before);
        }
    }

    private static long descriptors() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }
}
