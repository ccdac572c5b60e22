package dev.lockdown.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("In words")
class FiguresTest {
    @ParameterizedTest
    @CsvSource({"0, 0 ms", "213, 0.2 ms", "3_000, 3 ms", "9_940, 9.9 ms", "9_960, 10 ms", "940_400, 940 ms", "999_400, 999 ms",
        "999_600, 1.0 s", "5_003_000, 5.0 s", "59_940_000, 59.9 s", "59_960_000, 1 min 0 s", "125_000_000, 2 min 5 s"})
    void a_duration_has_three_figures_at_most(String micros, String words) {
        assertThat(Figures.duration(Duration.ofNanos(Long.parseLong(micros.replace("_", "")) * 1000))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 probes", "1, 1 probe", "2, 2 probes", "1204, '1,204 probes'"})
    void a_count_agrees_with_its_noun(long number, String words) {
        assertThat(Figures.count(number, "probe")).isEqualTo(words);
    }
}
