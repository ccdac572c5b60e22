package dev.lockdown.cluster.kubernetes.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The image of a network plugin")
class PluginDiscoveryTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
        kube-router, docker.io/cloudnativelabs/kube-router:v2.6.3, 2.6.3
        kube-router, registry.example:5000/kube-router:v2.6.3@sha256:0a1b, 2.6.3
        cilium, quay.io/cilium/cilium:v1.16.1@sha256:0a1b, 1.16.1
        calico, rancher/mirrored-calico-node:v3.29.0, 3.29.0
        calico, docker.io/calico/node:v3.30.7, 3.30.7
        kube-router, kube-router:latest,
        kube-router, docker.io/cloudnativelabs/kube-router,
        kube-router, registry.example:5000/kube-router,
        kube-router, docker.io/cloudnativelabs/kube-router@sha256:0a1b,
        kube-router, '',
        calico, docker.io/cloudnativelabs/kube-router:v2.6.3,
        """)
    void tells_its_version_where_it_is_that_plugins_and_its_tag_says_it(String plugin, String image, String version) {
        assertThat(PluginDiscovery.version(plugin, image)).satisfies(v -> assertThat(v == null ? null : v.toString()).isEqualTo(version));
    }
}
