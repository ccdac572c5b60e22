package dev.lockdown.manifest;

import static dev.lockdown.manifest.Texts.read;
import static dev.lockdown.manifest.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.manifest.Resource.OfPod;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Pod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A workload")
class WorkloadReadingTest {

    @Test
    void gives_a_pod_its_labels_ports_and_node() {
        assertThat(read("""
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: bank, labels: {app: web}}
            spec:
              nodeName: node-1
              hostNetwork: true
              restartPolicy: Never
              containers:
              - name: web
                image: web:1
                ports:
                - {containerPort: 80, name: http}
                - {containerPort: 53, protocol: UDP, hostPort: 53}
              - name: exporter
                ports: [{containerPort: 9100}, {containerPort: 80, name: http}]
            """).resources()).extracting(r -> ((OfPod) r).pod()).containsExactly(
            new Pod(new NamespacedName("bank", "web"), Map.of("app", "web"), List.of(new ContainerPort(Port.parse("TCP/80"), "http"),
                ContainerPort.unnamed(Port.parse("UDP/53")), ContainerPort.unnamed(Port.parse("TCP/9100"))), "node-1", true));
    }

    @Test
    void serves_the_ports_of_sidecars_and_not_those_of_other_init_containers() {
        assertThat(pod("""
            initContainers:
            - {name: migrate, ports: [{containerPort: 1}]}
            - {name: wait, restartPolicy: Never, ports: [{containerPort: 2}]}
            - {name: proxy, restartPolicy: Always, ports: [{containerPort: 3}]}
            containers: [{name: web}]
            """).ports()).containsExactly(ContainerPort.unnamed(Port.parse("TCP/3")));
    }

    @ParameterizedTest
    @CsvSource({"Deployment, apps/v1, replicas: 3, web-1 web-2 web-3", "Deployment, apps/v1, , web-1",
        "ReplicaSet, apps/v1, replicas: 2, web-1 web-2",
        "StatefulSet, apps/v1, replicas: 2, web-0 web-1", "Job, batch/v1, parallelism: 2, web-1 web-2",
        "Job, batch/v1, replicas: 2, web-1"})
    void makes_as_many_pods_as_it_asks_for(String kind, String apiVersion, String count, String names) {
        var text = """
            apiVersion: %s
            kind: %s
            metadata: {name: web, labels: {of: workload}}
            spec:
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: a}]}
              %s
            """.formatted(apiVersion, kind, count == null ? "" : count);
        assertThat(read(text).resources()).extracting(r -> ((OfPod) r).pod()).allMatch(p -> p.labels().get("app").equals("web"))
            .extracting(p -> p.name().name()).containsExactly(names.split(" "));
    }

    @Test
    void of_no_pods_is_remarked_on() {
        assertThat(read("{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, "
            + "spec: {replicas: 0, template: {spec: {containers: [{name: a}]}}}}"))
            .isEqualTo(new Manifest(List.of(), List.of(new Note(Note.Grade.NOTE, "Deployment", "shop/web", Position.startOf("a.yaml"),
                "Deployment shop/web asks for no pods"))));
    }

    @Test
    void may_have_fields_that_nobody_here_reads() {
        assertThat(pod("""
            activeDeadlineSeconds: 1
            affinity: {}
            automountServiceAccountToken: false
            dnsPolicy: None
            ephemeralContainers: []
            hostAliases: []
            hostIPC: false
            hostPID: false
            hostUsers: true
            hostname: x
            hostnameOverride: y
            nodeSelector: {disk: ssd}
            os: {name: linux}
            subdomain: y
            tolerations: []
            containers:
            - {name: a, args: [], env: [], envFrom: [], image: b, lifecycle: {}, resources: {}, tty: true, restartPolicy: Always}
            """)).isNotNull();
    }

    @Test
    void has_no_misspelt_field_among_those_that_count() {
        assertThat(refusalOf("hostnetwork: true, containers: [{name: a}]")).isEqualTo("""
            a.yaml:4:8: unknown field "hostnetwork" in Pod.spec
              did you mean "hostNetwork"? known here: containers, initContainers, hostNetwork, nodeName""");
    }

    @Test
    void has_no_misspelt_ports() {
        assertThat(refusalOf("containers: [{name: a, prots: []}]"))
            .startsWith("a.yaml:4:31: unknown field \"prots\" in Pod.spec.containers[0]\n");
    }

    @Test
    void has_a_number_for_each_port() {
        assertThat(refusalOf("containers: [{ports: [{containerPort: \"80\"}]}]")).isEqualTo("""
            a.yaml:4:46: Pod.spec.containers[0].ports[0].containerPort is the string "80"; expected a whole number
              remove the quotes""");
    }

    @Test
    void has_no_port_without_a_number() {
        assertThat(refusalOf("containers: [{ports: [{name: http}]}]")).isEqualTo("""
            a.yaml:4:30: Pod.spec.containers[0].ports[0] has no containerPort
              expected one, such as containerPort: 8080""");
    }

    @Test
    void has_no_port_name_twice_in_a_container() {
        assertThat(refusalOf("containers: [{ports: [{containerPort: 1, name: a}, {containerPort: 2, name: a}]}]"))
            .isEqualTo("""
            a.yaml:4:78: port name "a" is given twice in one container
              names of ports differ""");
    }

    @Test
    void has_a_valid_name_for_a_port() {
        assertThat(refusalOf("containers: [{ports: [{containerPort: 80, name: \"80\"}]}]")).startsWith(
            "a.yaml:4:56: Pod.spec.containers[0].ports[0].name is \"80\"\n  expected at most 15 of a-z, ");
    }

    @Test
    void has_a_valid_name_for_its_node() {
        assertThat(refusalOf("nodeName: N_1, containers: [{name: a}]")).startsWith("a.yaml:4:18: Pod.spec.nodeName is \"N_1\"\n");
    }

    @Test
    void has_a_boolean_for_hostNetwork() {
        assertThat(refusalOf("hostNetwork: \"true\", containers: [{name: a}]")).isEqualTo("""
            a.yaml:4:21: Pod.spec.hostNetwork is the string "true"; expected a boolean
              remove the quotes""");
    }

    @Test
    void has_a_container() {
        assertThat(refusalOf("containers: []")).isEqualTo("""
            a.yaml:4:20: Pod.spec.containers is an empty list
              a pod needs at least one container, such as - name: web""");
    }

    @Test
    void has_no_pods_by_the_million() {
        assertThat(refusal("{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, "
            + "spec: {replicas: 1000000, template: {spec: {containers: [{name: a}]}}}}")).isEqualTo("""
            a.yaml:1:81: Deployment.spec.replicas is 1000000
              expected a whole number from 0 to 10000""");
    }

    @Test
    void has_a_template() {
        assertThat(refusal("{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {}}"))
            .startsWith("a.yaml:1:70: Deployment.spec has no template\n");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "yes, true", "false, false", "off, false"})
    void is_on_the_network_of_its_node_where_it_says_so(String flag, boolean expected) {
        assertThat(
            read("{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostNetwork: %s, containers: [{name: a}]}}".formatted(flag))
                .resources())
            .singleElement().extracting(r -> ((OfPod) r).pod().hostNetwork()).isEqualTo(expected);
    }

    private static Pod pod(String spec) {
        return ((OfPod) read("apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n" + spec.indent(2)).resources().getFirst()).pod();
    }

    private static String refusalOf(String spec) {
        return refusal("apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {%s}".formatted(spec));
    }
}
