package dev.lockdown.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A plugin's version")
class PluginVersionTest {
    @ParameterizedTest
    @CsvSource({"v2.6.3, 2.6.3", "2.6.3, 2.6.3", "v3.30.7-rc1, 3.30.7", "v1.19.0-eksbuild.1, 1.19.0", "v1.16, 1.16.0",
        "v0.27.0+k3s1, 0.27.0"})
    void is_what_a_tag_begins_with(String tag, String version) {
        assertThat(PluginVersion.of(tag)).hasToString(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "", "master", "v2", "20240308", "build-1.2.3", "123456.1", "sha256"})
    void is_unknown_where_a_tag_begins_with_none(String tag) {
        assertThat(PluginVersion.of(tag)).isNull();
    }

    @Test
    void is_compared_number_by_number() {
        assertThat(new PluginVersion(2, 10, 0)).isGreaterThan(new PluginVersion(2, 9, 9)).isLessThan(new PluginVersion(3, 0, 0));
        assertThat(new PluginVersion(2, 6, 3)).isGreaterThan(new PluginVersion(2, 6, 2)).isEqualByComparingTo(new PluginVersion(2, 6, 3));
    }
}
