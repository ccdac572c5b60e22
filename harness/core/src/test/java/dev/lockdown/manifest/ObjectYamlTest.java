package dev.lockdown.manifest;

import static dev.lockdown.manifest.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.manifest.Resource.Deletion;
import dev.lockdown.manifest.Resource.OfNamespace;
import dev.lockdown.manifest.Resource.OfPod;
import dev.lockdown.manifest.Resource.OfService;
import dev.lockdown.state.Change;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import dev.lockdown.state.Service.ServicePort;
import dev.lockdown.state.Service.TargetPort;
import dev.lockdown.state.Service.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("An object that was written")
class ObjectYamlTest {
    private static final NamespacedName WEB = new NamespacedName("bank", "web");
    private static final List<ContainerPort> PORTS =
        List.of(new ContainerPort(Port.parse("TCP/80"), "http"), ContainerPort.unnamed(Port.parse("UDP/53")));

    @Test
    void is_a_namespace_with_its_labels() {
        var namespace = new Namespace("bank", Map.of("team", "1"));
        assertThat(ObjectYaml.of(namespace)).isEqualTo("""
            apiVersion: v1
            kind: Namespace
            metadata:
              name: "bank"
              labels: {kubernetes.io/metadata.name: "bank", team: "1"}
            """);
        assertThat(read(ObjectYaml.of(namespace)).resources()).singleElement().extracting(r -> ((OfNamespace) r).namespace())
            .isEqualTo(namespace);
    }

    @Test
    void is_a_pod_with_its_ports_node_and_network() {
        assertReadsBack(new Pod(WEB, Map.of("app", "web", "tier", ""), PORTS, "n-1", true));
    }

    @Test
    void is_a_pod_without_ports_anywhere() {
        var pod = new Pod(WEB, Map.of(), List.of(), "", false);
        assertThat(ObjectYaml.of(pod)).isEqualTo("""
            apiVersion: v1
            kind: Pod
            metadata:
              name: web
              namespace: "bank"
              labels: {}
            spec:
              containers:
              - name: main
                ports: []
            """);
        assertReadsBack(pod);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXTERNAL_NAME")
    void is_a_service_of_its_type(Type type) {
        assertReadsBack(new Service(WEB, Map.of(), Map.of("app", "web"),
            List.of(new ServicePort("", Port.parse("TCP/80"), new TargetPort.Number(8080), 0)), type));
    }

    @Test
    void is_a_service_that_is_an_alias() {
        assertReadsBack(Service.alias(WEB, Map.of("team", "x"), List.of(), "db.example"));
    }

    @Test
    void is_a_pod_with_ports_of_its_node() {
        assertReadsBack(new Pod(WEB, Map.of(), List.of(new ContainerPort(Port.parse("UDP/53"), "dns", 5353)), "", false));
    }

    @Test
    void is_a_service_with_the_names_targets_and_node_ports_of_its_ports() {
        assertReadsBack(
            new Service(WEB, Map.of(), Map.of(), List.of(new ServicePort("http", Port.parse("TCP/80"), new TargetPort.Name("web"),
                30_080), new ServicePort("dns", Port.parse("UDP/53"), new TargetPort.Number(5353), 0)), Type.NODE_PORT));
    }

    @Test
    void is_a_mapping_of_its_own_for_a_machine_outside() {
        var host =
            new ExternalHost("api.example", List.of(Port.parse("TCP/443"), Port.parse("UDP/53")), List.of("192.0.2.7", "2001:db8::7"));
        assertThat(ObjectYaml.of(host)).isEqualTo("""
            name: api.example
            ports: [TCP/443, UDP/53]
            addresses: ["192.0.2.7", "2001:db8::7"]
            """);
    }

    @Test
    void is_a_deletion_in_a_namespace_or_in_none() {
        assertThat(deletion(ObjectYaml.deletion("v1", "Pod", "web", "bank"))).isEqualTo(new Change.StopPod(WEB));
        assertThat(deletion(ObjectYaml.deletion("v1", "Namespace", "bank", null))).isEqualTo(new Change.DeleteNamespace("bank"));
    }

    private static Change deletion(String yaml) {
        return ((Deletion) read(yaml).resources().getFirst()).change();
    }

    @Test
    void quotes_names_that_would_be_something_else_without_quotes() {
        assertReadsBack(new Pod(new NamespacedName("bank", "1"), Map.of("true", "yes"),
            List.of(new ContainerPort(Port.parse("TCP/80"), "on")), "2", false));
    }

    private static void assertReadsBack(Pod pod) {
        assertThat(read(ObjectYaml.of(pod)).resources()).singleElement().extracting(r -> ((OfPod) r).pod()).isEqualTo(pod);
    }

    private static void assertReadsBack(Service service) {
        assertThat(read(ObjectYaml.of(service)).resources()).singleElement().extracting(r -> ((OfService) r).service()).isEqualTo(service);
    }
}
