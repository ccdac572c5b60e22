package dev.lockdown.manifest;

import static dev.lockdown.manifest.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.manifest.Resource.OfPod;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A port that no container declares")
class UndeclaredPortsTest {

    @Test
    void is_served_where_a_Service_sends_to_it() {
        assertThat(ports("{}", service("{name: a, port: 80, targetPort: 9001}, {name: b, protocol: UDP, port: 53}")))
            .containsExactly("TCP/9001", "UDP/53");
    }

    @Test
    void is_not_served_where_a_Service_sends_to_a_name_or_to_others() {
        assertThat(ports("{}", service("{port: 80, targetPort: web}"))).isEmpty();
        assertThat(ports("{}", service("{port: 80}").replace("app: a", "app: b"))).isEmpty();
        assertThat(ports("{}", service("{port: 80}").replace("selector: {app: a}, ", ""))).isEmpty();
        assertThat(ports("{}", service("{port: 80}").replace("name: s", "name: s, namespace: bank"))).isEmpty();
    }

    @Test
    void stays_one_where_the_container_declares_it() {
        assertThat(ports("{ports: [{name: web, containerPort: 80}]}", service("{port: 80}"))).containsExactly("web=TCP/80");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"podSelector: {matchLabels: {app: a}}, ingress: [{ports: [{port: 7}]}]; TCP/7",
        "podSelector: {matchLabels: {app: b}}, ingress: [{ports: [{port: 7}]}];",
        "podSelector: {}, ingress: [{ports: [{port: 7}]}];",
        "podSelector: {matchLabels: {app: a}}, ingress: [{ports: [{port: 7, endPort: 8}, {port: web}, {protocol: UDP}]}];",
        "podSelector: {}, egress: [{to: [{podSelector: {matchLabels: {app: a}}}], ports: [{port: 7}]}]; TCP/7",
        "podSelector: {}, egress: [{to: [{podSelector: {}}], ports: [{port: 7}]}];",
        "podSelector: {}, egress: [{to: [{namespaceSelector: {}}], ports: [{port: 7}]}];",
        "podSelector: {}, egress: [{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}, podSelector: {matchLabels: {app: a}}}], ports: [{port: 7}]}]; TCP/7",
        "podSelector: {}, egress: [{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: bank}}, podSelector: {matchLabels: {app: a}}}], ports: [{port: 7}]}];",
        "podSelector: {matchExpressions: [{key: app, operator: In, values: [a]}]}, ingress: [{ports: [{port: 7}]}]; TCP/7",
        "podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [a]}]}, ingress: [{ports: [{port: 7}]}];",
        "podSelector: {matchExpressions: [{key: app, operator: Exists}]}, ingress: [{ports: [{port: 7}]}]; TCP/7",
        "podSelector: {matchExpressions: [{key: app, operator: DoesNotExist}]}, ingress: [{ports: [{port: 7}]}];"})
    void is_served_where_a_policy_names_it_for_pods_that_it_names(String spec, String ports) {
        var policy = "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {%s}}".formatted(spec);
        assertThat(ports("{}", policy)).isEqualTo(ports == null ? List.of() : List.of(ports));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"livenessProbe: {httpGet: {port: 9}}", "readinessProbe: {tcpSocket: {port: 9}}", "startupProbe: {grpc: {port: 9}}"})
    void is_served_where_a_probe_asks_it(String probe) {
        assertThat(ports("{%s}".formatted(probe), "")).containsExactly("TCP/9");
        assertThat(ports("{ports: [{name: web, containerPort: 9}], %s}".formatted(probe), "")).containsExactly("web=TCP/9");
    }

    @Test
    void is_not_served_where_a_probe_asks_a_name_or_runs_a_command() {
        assertThat(ports("{livenessProbe: {httpGet: {port: web}}, readinessProbe: {exec: {command: [a]}}}", "")).isEmpty();
    }

    @Test
    void is_said_in_one_note() {
        assertThat(read(pod("{}") + "\n---\n" + service("{name: a, port: 1}, {name: b, port: 2}")).notes()).extracting(Note::toString)
            .containsExactly("TCP/1 of shop/x, TCP/2 of shop/x: no container declares them, but a Service or a policy names them, "
                + "so something listens there");
        assertThat(read(pod("{ports: [{containerPort: 1}]}") + "\n---\n" + service("{port: 1}")).notes()).isEmpty();
    }

    @Test
    void of_the_node_is_said_to_be_left_untried_at_a_single_address_of_it() {
        assertThat(read(pod("{ports: [{containerPort: 8443, hostPort: 443}, {containerPort: 53, protocol: UDP, hostPort: 0}]}")).notes())
            .isEmpty();
        assertThat(read(pod("{ports: [{containerPort: 8443, hostPort: 443, hostIP: 127.0.0.1}]}")).notes()).extracting(Note::text)
            .containsExactly("hostPort 443 of shop/x is not tried, since it is at a single address (hostIP) of its node");
        assertThat(read(pod("{ports: [{containerPort: 53, hostPort: 53}]}").replace("spec: {", "spec: {hostNetwork: true, ")).notes())
            .isEmpty();
    }

    private static List<String> ports(String container, String other) {
        return read(pod(container) + "\n---\n" + other).resources().stream().filter(OfPod.class::isInstance).map(OfPod.class::cast)
            .flatMap(p -> p.pod().ports().stream()).map(Object::toString).toList();
    }

    private static String pod(String container) {
        return "{apiVersion: v1, kind: Pod, metadata: {name: x, labels: {app: a}}, spec: {containers: [%s]}}".formatted(container);
    }

    private static String service(String ports) {
        return "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {app: a}, ports: [%s]}}".formatted(ports);
    }
}
