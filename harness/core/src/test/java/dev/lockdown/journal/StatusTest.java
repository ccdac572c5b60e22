package dev.lockdown.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A status")
class StatusTest {
    @ParameterizedTest
    @CsvSource({"BROKEN, true", "FAILED, true", "INCONCLUSIVE, true", "SKIPPED, false", "PASSED, false"})
    void says_whether_a_reader_must_look(Entry.Status status, boolean faulty) {
        assertThat(status.isFaulty()).isEqualTo(faulty);
    }
}
