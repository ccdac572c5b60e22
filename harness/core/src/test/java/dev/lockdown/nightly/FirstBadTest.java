package dev.lockdown.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.history.RunDigest;
import dev.lockdown.history.RunInfo;
import dev.lockdown.history.ScenarioDigest;
import dev.lockdown.journal.Entry.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The first bad version")
class FirstBadTest {
    private static RunDigest run(String cni, String version, Status status) {
        var cell =
            new RunInfo.Cell(cni + version, Map.of("cluster", "kubeconfig", "context", cni + version, "cni", cni, "version", version));
        return new RunDigest(new RunInfo(Instant.EPOCH, "r", "", "c", List.of(), cell, 0, null, Duration.ZERO, Map.of()),
            List.of(
                new ScenarioDigest("a.feature", "s", 1, 3, List.of(), List.of(status), Duration.ZERO, null, List.of(), List.of(), List.of(),
                    List.of())));
    }

    private static List<String> words(RunDigest... runs) {
        return FirstBad.in(List.of(runs)).stream().map(NightText::words).toList();
    }

    @Test
    void is_the_first_that_fails_by_the_numbers_of_versions() {
        assertThat(
            words(run("calico", "3.9.1", Status.PASSED), run("calico", "3.30.0", Status.FAILED), run("calico", "3.10.0", Status.PASSED)))
            .containsExactly("calico 3.30.0 fails, 3.10.0 was good");
    }

    @Test
    void says_what_mended_it_and_where_nothing_was_ever_good() {
        assertThat(
            words(run("calico", "3.1.0", Status.PASSED), run("calico", "3.2.0", Status.FAILED), run("calico", "3.3.0", Status.PASSED)))
            .containsExactly("calico 3.2.0 fails, 3.1.0 was good, mended in 3.3.0");
        assertThat(words(run("calico", "3.1.0", Status.FAILED), run("calico", "3.2.0", Status.FAILED)))
            .containsExactly("calico 3.1.0 fails, as do all that are known before it");
    }

    @Test
    void is_none_where_nothing_fails_or_only_one_version_is_known() {
        assertThat(words(run("calico", "3.1.0", Status.PASSED), run("calico", "3.2.0", Status.SKIPPED))).isEmpty();
        assertThat(words(run("calico", "3.1.0", Status.FAILED), run("cilium", "1.18.0", Status.PASSED))).isEmpty();
    }

    @Test
    void is_not_blamed_where_it_was_not_decided() {
        var runs = new ArrayList<>(List.of(run("calico", "3.1.0", Status.PASSED), run("calico", "3.2.0", Status.INCONCLUSIVE)));
        assertThat(FirstBad.in(runs)).isEmpty();
    }
}
