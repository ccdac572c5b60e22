package dev.lockdown.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.history.RunDigest;
import dev.lockdown.history.RunInfo;
import dev.lockdown.history.ScenarioDigest;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.nightly.Judged.Counts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The deviations that are shipped")
class ShippedDeviationsTest {
    private static final Path TOP = Path.of("../..");

    private static Deviations shipped() throws IOException {
        return Deviations.read("deviations.yaml", Files.readString(TOP.resolve("fixtures/deviations.yaml")));
    }

    /// A scenario that was renamed would be missed by nobody until the next night on a real cluster; one of two with the same name would be
    /// taken for the other.
    @Test
    void are_about_scenarios_that_are_there_and_alone_with_their_name() throws IOException {
        assertThat(shipped().all()).isNotEmpty().allSatisfy(deviation -> {
            var feature = Files.readString(TOP.resolve(Objects.requireNonNull(deviation.feature())));
            // The title of a scenario, or the cell of an outline's table that is one.
            var title = Pattern.compile("(?m)(Scenario: |\\| )%s *($|\\|)".formatted(Pattern.quote(
                Objects.requireNonNull(deviation.scenario()))));
            assertThat(title.matcher(feature).results()).as(deviation.words()).hasSize(1);
            assertThat(deviation.link()).startsWith("https://");
        });
    }

    @ParameterizedTest
    @CsvSource({"kube-router 2.6.3, 13, 9", "kube-router 2.6.4, 1, 0", "calico 3.30.7, 1, 0", "cilium 1.18.0, 0, 0"})
    void are_asserted_both_ways_on_the_plugins_that_they_are_about(String plugin, int known, int mended) throws IOException {
        var failing = judged(plugin, Status.FAILED);
        assertThat(failing.stream().filter(j -> j.counts() == Counts.KNOWN)).hasSize(known);
        assertThat(failing.stream().filter(j -> j.counts() != Counts.KNOWN)).allMatch(j -> j.counts() == Counts.FAILED);
        var passing = judged(plugin, Status.PASSED);
        assertThat(passing.stream().filter(j -> j.counts() == Counts.MENDED)).hasSize(mended);
        assertThat(passing.stream().filter(Judged::isAbsent)).as("what comes and goes").hasSize(known - mended);
    }

    private static List<Judged> judged(String plugin, Status status) throws IOException {
        var known = shipped();
        var info = new RunInfo(Instant.EPOCH, "r", "", "c", List.of(plugin), null, 1, null, Duration.ZERO, Map.of());
        record Named(String feature, String scenario) {}
        var scenarios = known.all().stream()
            .map(d -> new Named(Objects.requireNonNull(d.feature()), Objects.requireNonNull(d.scenario()))).distinct()
            .map(n -> new ScenarioDigest(n.feature, n.scenario, 1, 3, List.of(), List.of(status), Duration.ZERO, null, List.of(), List.of(),
                List.of(), List.of()))
            .toList();
        return Judged.of(new RunDigest(info, scenarios), known, "@quarantine");
    }
}
