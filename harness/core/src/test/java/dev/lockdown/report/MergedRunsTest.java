package dev.lockdown.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.journal.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Runs that are merged")
class MergedRunsTest {
    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, 0, 1", "0, 4, 4", "4, 1, 1", "1, 3, 3", "3, 2, 2", "130, 70, 130"})
    void end_as_the_worst_of_them(int one, int other, int both) {
        var builder = new RunBuilder();
        for (int status : List.of(one, other)) {
            builder.accept(new Entry.RunStarted(Instant.EPOCH, "r" + status, "1", "embedded", 1, List.of()));
            builder.accept(new Entry.RunFinished(Instant.EPOCH, status, Duration.ofSeconds(1), null));
        }
        var finished = Objects.requireNonNull(builder.run().finished());
        assertThat(finished.exitStatus()).isEqualTo(both);
        assertThat(finished.took()).isEqualTo(Duration.ofSeconds(2));
    }
}
