package dev.lockdown.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A version of k3s")
final class K3sVersionsTest {
    @ParameterizedTest
    @CsvSource({"v1.35.0+k3s1, docker.io/rancher/k3s:v1.35.0-k3s1", "1.35.0, docker.io/rancher/k3s:v1.35.0-k3s1",
        "v1.33.4-k3s2, docker.io/rancher/k3s:v1.33.4-k3s2", "1.32, docker.io/rancher/k3s:v1.32.9-k3s1",
        "v1.35, docker.io/rancher/k3s:v1.35.0-k3s1", "latest, docker.io/rancher/k3s:latest",
        "mirror.example:5000/k3s:x, mirror.example:5000/k3s:x"})
    void is_written_as_people_do(String text, String image) {
        assertThat(Requests.VERSIONS.choose(text).image()).isEqualTo(image);
    }

    @Test
    void is_the_default_where_none_is_named() {
        assertThat(Requests.VERSIONS.known()).contains(Requests.VERSIONS.choose(null).tag());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.35 0", "-x", "mirror.example/k3s", "a/b:c d"})
    void that_cannot_be_meant_is_refused(String text) {
        assertThatThrownBy(() -> Requests.VERSIONS.choose(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("\""
            + text + "\"");
    }

    @Test
    void of_a_minor_that_is_not_known_is_refused_with_those_that_are() {
        assertThatThrownBy(() -> Requests.VERSIONS.choose("1.29")).isInstanceOf(IllegalArgumentException.class).hasMessage("""
            no release "1.29" of k3s is known here; known: v1.36.1-k3s1, v1.35.0-k3s1, v1.32.9-k3s1, v1.32.0-k3s1
            any other is written with three numbers, such as 1.29.1""");
    }

    @Test
    void knows_its_own_images_or_says_that_it_does_not() {
        assertThat(Requests.VERSIONS.choose("1.35.0").own()).isNotNull();
        assertThat(Requests.VERSIONS.choose("1.35.1").own()).isNull();
    }
}
