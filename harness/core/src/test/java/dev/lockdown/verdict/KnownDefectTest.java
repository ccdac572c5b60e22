package dev.lockdown.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.state.NetworkPlugin;
import dev.lockdown.state.PluginVersion;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.jspecify.annotations.Nullable;

@DisplayName("A known defect")
class KnownDefectTest {
    private static NetworkPlugin plugin(String name, @Nullable String version) {
        return new NetworkPlugin(name, version == null ? null : PluginVersion.of(version), "an image");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        kube-router-shared-container-port, kube-router, 2.6.3, known
        kube-router-shared-container-port, kube-router, 2.0.0, known
        kube-router-shared-container-port, kube-router, 1.6.1, no
        kube-router-shared-container-port, kube-router, 2.6.4, was
        kube-router-shared-container-port, kube-router,      , was
        kube-router-shared-container-port, calico,      2.6.3, no
        kube-router-ipv6-sets,             kube-router, 2.6.1, known
        kube-router-ipv6-sets,             kube-router, 2.6.2, no
        kube-router-ipv6-sets,             kube-router, 2.6.0, no
        kube-router-ipv6-sets,             kube-router,      , no
        cilium-end-port,                   cilium,      1.14.9, known
        cilium-end-port,                   cilium,      1.15.0, no
        """)
    void is_in_the_versions_that_were_seen_and_maybe_in_those_after(String id, String name, @Nullable String version, String expected) {
        var defect = Arrays.stream(KnownDefect.values()).filter(d -> d.toString().equals(id)).findFirst().orElseThrow();
        var plugin = plugin(name, version);
        assertThat(!defect.mayBeIn(plugin) ? "no" : defect.isKnownIn(plugin.version()) ? "known" : "was").isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void says_where_it_can_be_read(KnownDefect defect) {
        assertThat(defect.reference()).contains("https://github.com/");
        assertThat(defect.sentence()).isNotBlank().doesNotEndWith(".");
    }

    @Test
    void is_told_of_the_version_that_runs() {
        var version = PluginVersion.of("2.6.3");
        assertThat(Wording.of(new FoundDefect(KnownDefect.KUBE_ROUTER_NAMED_EGRESS_PORT, version))).isEqualTo(
            "known defect of kube-router 2.6.3: a named port in an egress rule without `to` means the numbers that pods of the policy's own "
                + "namespace give it (https://github.com/cloudnativelabs/kube-router/pull/1037)");
    }

    @Test
    void is_told_of_former_versions_where_this_one_was_not_looked_at() {
        assertThat(Wording.of(new FoundDefect(KnownDefect.KUBE_ROUTER_NAMED_EGRESS_PORT, PluginVersion.of("v2.11.0"))))
            .startsWith("was a known defect of kube-router up to 2.6.3, and here is 2.11.0: a named port");
        assertThat(Wording.of(new FoundDefect(KnownDefect.KUBE_ROUTER_NAMED_EGRESS_PORT, null)))
            .startsWith("was a known defect of kube-router up to 2.6.3, and here is an unknown version: a named port");
    }
}
