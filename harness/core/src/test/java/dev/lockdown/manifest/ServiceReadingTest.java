package dev.lockdown.manifest;

import static dev.lockdown.manifest.Texts.read;
import static dev.lockdown.manifest.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.manifest.Resource.OfService;
import dev.lockdown.state.Service.Outside;
import dev.lockdown.state.Service.ServicePort;
import dev.lockdown.state.Service.TargetPort;
import dev.lockdown.state.Service.TrafficPolicy;
import dev.lockdown.state.Service.Type;
import dev.lockdown.state.Service;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A Service")
class ServiceReadingTest {

    @Test
    void has_labels_a_selector_and_ports() {
        assertThat(read("""
            apiVersion: v1
            kind: Service
            metadata: {name: api, labels: {team: x}}
            spec:
              selector: {app: api}
              ports:
              - {name: http, port: 80, targetPort: web, appProtocol: http}
              - {name: dns, port: 53, protocol: UDP, targetPort: 5353}
              - {name: plain, port: 9}
              sessionAffinity: None
              clusterIPs: [10.43.0.9]
            """).resources()).extracting(r -> ((OfService) r).service()).containsExactly(new Service(new NamespacedName("shop", "api"),
            Map.of("team", "x"), Map.of("app", "api"),
            List.of(new ServicePort("http", Port.parse("TCP/80"), new TargetPort.Name("web"), 0),
                new ServicePort("dns", Port.parse("UDP/53"), new TargetPort.Number(5353), 0),
                new ServicePort("plain", Port.parse("TCP/9"), new TargetPort.Number(9), 0)),
            Type.CLUSTER_IP));
    }

    @ParameterizedTest
    @CsvSource({"ports: [{port: 1}], CLUSTER_IP", "'type: ClusterIP, ports: [{port: 1}]', CLUSTER_IP", "clusterIP: None, HEADLESS",
        "'type: NodePort, ports: [{port: 1}]', NODE_PORT", "'type: LoadBalancer, ports: [{port: 1}]', LOAD_BALANCER"})
    void is_of_a_type(String spec, Type type) {
        assertThat(service(spec).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"ports: [{port: 80}]", "'ports: [{port: 80, targetPort: 0}]'", "'ports: [{port: 80, targetPort: \"\"}]'"})
    void leads_to_the_port_of_its_own_number_where_it_names_no_target(String spec) {
        assertThat(service(spec).ports().getFirst().target()).isEqualTo(new TargetPort.Number(80));
    }

    @Test
    void opens_a_port_on_nodes() {
        assertThat(service("type: NodePort, ports: [{port: 80, nodePort: 30080}]").ports().getFirst().nodePort()).isEqualTo(30080);
    }

    @Test
    void of_type_ExternalName_is_an_alias_with_or_without_ports() {
        var manifest = read(with("type: ExternalName, externalName: example.org."));
        assertThat(manifest.notes()).isEmpty();
        assertThat(manifest.resources()).extracting(r -> ((OfService) r).service())
            .containsExactly(Service.alias(new NamespacedName("shop", "api"), Map.of(), List.of(), "example.org"));
        assertThat(service("type: ExternalName, externalName: example.org, ports: [{port: 5432}]").ports()).hasSize(1);
    }

    @Test
    void loses_an_address_that_it_asks_for_and_is_remarked_on() {
        assertThat(read(with("clusterIP: 10.43.0.9, ports: [{port: 1}]")).notes()).extracting(Note::toString).containsExactly(
            "a.yaml:4:8: clusterIP \"10.43.0.9\" of Service shop/api is not kept: the cluster gives it one of its own");
    }

    @ParameterizedTest
    @CsvSource({"'type: LoadBalancer, ports: [{port: 1}]', CLUSTER",
        "'type: LoadBalancer, externalTrafficPolicy: Local, ports: [{port: 1}]', LOCAL",
        "'type: NodePort, externalTrafficPolicy: Cluster, ports: [{port: 1}]', CLUSTER", "'ports: [{port: 1}]', CLUSTER"})
    void says_what_comes_of_traffic_from_outside(String spec, TrafficPolicy policy) {
        assertThat(read(with(spec)).notes()).isEmpty();
        assertThat(service(spec).outside()).isEqualTo(new Outside(policy, false));
    }

    @ParameterizedTest
    @CsvSource({
        "'internalTrafficPolicy: Local', 'internalTrafficPolicy of Service shop/api is not kept: its pods are reached from every node'",
        "'loadBalancerSourceRanges: [10.0.0.0/8]', 'loadBalancerSourceRanges of Service shop/api is not kept: its load balancer lets everybody in'"})
    void is_remarked_on_where_it_narrows_who_gets_to_it(String field, String note) {
        assertThat(read(with(field + ", type: LoadBalancer, ports: [{port: 1}]")).notes()).extracting(Note::toString)
            .singleElement().asString().endsWith(note);
    }

    @Test
    void has_a_known_traffic_policy() {
        assertThat(refusal(with("type: NodePort, externalTrafficPolicy: local, ports: [{port: 80}]"))).isEqualTo("""
            a.yaml:4:47: Service.spec.externalTrafficPolicy is "local"
              did you mean "Local"? expected one of: Cluster, Local""");
    }

    @Test
    void has_no_traffic_policy_where_nothing_comes_from_outside() {
        assertThat(refusal(with("externalTrafficPolicy: Local, ports: [{port: 80}]"))).isEqualTo("""
            a.yaml:4:31: Service.spec.externalTrafficPolicy is set, but nothing outside comes to the Service by the nodes
              remove it, or write type: NodePort or type: LoadBalancer""");
    }

    @Test
    void has_a_valid_name_for_a_port() {
        assertThat(refusal(with("ports: [{port: 80, name: HTTP}]"))).startsWith("a.yaml:4:33: Service.spec.ports[0].name is \"HTTP\"\n");
    }

    @Test
    void has_a_known_type() {
        assertThat(refusal(with("type: Nodeport, ports: [{port: 80}]"))).isEqualTo("""
            a.yaml:4:14: Service.spec.type is "Nodeport"
              did you mean "NodePort"? expected one of: ClusterIP, NodePort, LoadBalancer, ExternalName""");
    }

    @Test
    void has_ports_unless_it_is_headless() {
        assertThat(refusal(with("selector: {}"))).isEqualTo("""
            a.yaml:4:7: Service.spec has no ports
              expected at least one, such as ports: [{port: 80}], or clusterIP: None""");
    }

    @Test
    void has_no_target_port_in_quotes() {
        assertThat(refusal(with("ports: [{port: 80, targetPort: \"8080\"}]"))).isEqualTo("""
            a.yaml:4:39: Service.spec.ports[0].targetPort is the string "8080"
              expected a number without quotes: 8080, or the name of a port, which has a letter""");
    }

    @Test
    void has_no_misspelt_field_in_a_port() {
        assertThat(refusal(with("ports: [{port: 80, targetport: 8080}]"))).startsWith("""
            a.yaml:4:27: unknown field "targetport" in Service.spec.ports[0]
              did you mean "targetPort"? known here: name,""");
    }

    @Test
    void has_no_misspelt_selector() {
        assertThat(refusal(with("selectors: {app: api}, ports: [{port: 80}]")))
            .startsWith("a.yaml:4:8: unknown field \"selectors\" in Service.spec\n");
    }

    @Test
    void has_labels_and_nothing_more_in_its_selector() {
        assertThat(refusal(with("selector: {matchLabels: {app: api}}"))).startsWith(
            "a.yaml:4:32: Service.spec.selector.matchLabels is a mapping; expected a string");
    }

    @Test
    void names_its_ports_where_it_has_several() {
        assertThat(refusal(with("ports: [{port: 80, name: a}, {port: 81}]"))).isEqualTo("""
            a.yaml:4:37: Service.spec.ports[1] has no name
              a Service with several ports names each, such as name: http""");
    }

    @Test
    void has_no_port_twice() {
        assertThat(refusal(with("ports: [{port: 80, name: a}, {port: 80, name: b}]"))).isEqualTo("""
            a.yaml:4:37: Service.spec.ports[1] repeats TCP/80 of another port
              name, and protocol with number, must be unique in a Service""");
    }

    @Test
    void has_no_port_name_twice() {
        assertThat(refusal(with("ports: [{port: 80, name: a}, {port: 81, name: a}]"))).contains("repeats name a of another port");
    }

    @Test
    void has_no_node_port_unless_it_opens_one() {
        assertThat(refusal(with("ports: [{port: 80, nodePort: 30080}]"))).isEqualTo("""
            a.yaml:4:37: Service.spec.ports[0].nodePort is set, but the Service opens no port on nodes
              remove it, or write type: NodePort or type: LoadBalancer""");
    }

    @Test
    void is_not_headless_and_open_on_nodes_at_once() {
        assertThat(refusal(with("type: NodePort, clusterIP: None"))).isEqualTo("""
            a.yaml:4:24: Service.spec.clusterIP is None, but the type is NodePort
              a headless Service has type: ClusterIP""");
    }

    private static Service service(String spec) {
        return ((OfService) read(with(spec)).resources().getFirst()).service();
    }

    private static String with(String spec) {
        return "apiVersion: v1\nkind: Service\nmetadata: {name: api}\nspec: {%s}".formatted(spec);
    }
}
