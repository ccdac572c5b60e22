package dev.lockdown.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A point in time")
class TimesTest {

    @ParameterizedTest
    @ValueSource(
        strings = {"2026-11-22T14:03:11Z", "2026-11-22T14:03:11.5Z", "2026-11-22T14:03:11.123456Z", "2026-02-28T23:59:59.999999999Z",
            "1969-12-31T00:00:00.000000001Z", "+12026-11-22T14:03:11Z", "2026-11-22T14:03:11.Z"})
    void is_read_as_the_library_reads_it(String text) {
        assertThat(Times.instant(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "2026-13-22T14:03:11Z", "2026-02-30T14:03:11Z", "2026-11-22T14:03:11", "2026-11-22 14:03:11Z",
        "2026-11-22T14:03:11.1234567891Z", "2026-11-22T14:03:1xZ", "2026-11-22T25:03:11Z"})
    void is_refused_as_the_library_refuses_it(String text) {
        assertThatThrownBy(() -> Times.instant(text)).isInstanceOf(DateTimeException.class);
    }
}
