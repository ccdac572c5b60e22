package dev.lockdown.manifest.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.manifest.yaml.Scalars.Kind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("To Kubernetes")
class ScalarsTest {

    @ParameterizedTest
    @ValueSource(strings = {"y", "Y", "yes", "Yes", "YES", "n", "No", "on", "OFF", "true", "True", "FALSE"})
    void is_a_boolean(String text) {
        assertThat(Scalars.kindOfPlain(text)).isEqualTo(Kind.BOOLEAN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yEs", "tRUE", "onn", "web", "1.2.3", "10.0.0.0/8", "0xZZ", "1-2", "2024-01-01", "-", ".", "1e", "nULL"})
    void is_a_string(String text) {
        assertThat(Scalars.kindOfPlain(text)).isEqualTo(Kind.STRING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
    void is_nothing(String text) {
        assertThat(Scalars.kindOfPlain(text)).isEqualTo(Kind.NULL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", ".5", "1.", "1e3", "-1E-3", ".inf", "-.Inf", ".NaN", "089"})
    void is_a_fraction(String text) {
        assertThat(Scalars.kindOfPlain(text)).isEqualTo(Kind.FRACTION);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "80, 80", "+80, 80", "-80, -80", "0x50, 80", "0120, 80", "0o120, 80", "0b1010000, 80", "1_000, 1000", "-0x50, -80"})
    void is_a_whole_number(String text, long value) {
        assertThat(Scalars.kindOfPlain(text)).isEqualTo(Kind.WHOLE);
        assertThat(Scalars.whole(text)).isEqualTo(value);
    }
}
