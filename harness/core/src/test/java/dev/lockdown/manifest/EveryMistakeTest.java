package dev.lockdown.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockdown.manifest.yaml.ManifestException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A manifest with several mistakes")
class EveryMistakeTest {
    private static List<String> told(String text) {
        var thrown = catchThrowableOfType(ManifestException.class, () -> Manifests.read("m.yaml", text, "shop"));
        return thrown.all().stream().map(e -> e.position().line() + ":" + e.position().column() + " " + e.problem()).toList();
    }

    @Test
    void tells_all_of_them() {
        assertThat(told("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: db}
            spec:
              podSelecter: {}
              policyTypes: [Ingres]
              ingress:
              - form: [{podSelector: {}}]
                ports: [{protocol: udp, port: 70000}, {protcol: TCP}]
            """)).containsExactly("5:3 unknown field \"podSelecter\" in NetworkPolicy.spec",
            "6:17 NetworkPolicy.spec.policyTypes[0] is \"Ingres\"",
            "8:5 unknown field \"form\" in NetworkPolicy.spec.ingress[0]",
            "9:24 NetworkPolicy.spec.ingress[0].ports[0].protocol is \"udp\"",
            "9:35 NetworkPolicy.spec.ingress[0].ports[0].port is 70000",
            "9:44 unknown field \"protcol\" in NetworkPolicy.spec.ingress[0].ports[1]");
    }

    @Test
    void tells_those_of_every_document() {
        assertThat(told("""
            {apiVersion: v1, kind: Namespace, metadata: {nam: a}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: fine}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: s}, spec: {typ: NodePort, ports: [{port: 80}]}}
            """)).hasSize(2).last().asString().startsWith("5:61 unknown field \"typ\"");
    }

    @Test
    void tells_once_what_several_objects_make_together() {
        assertThat(told("{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: 80}]}}\n---\n".repeat(4))).hasSize(3)
            .doesNotHaveDuplicates();
    }

    @Test
    void is_not_told_what_only_follows() {
        assertThat(told("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: Not_A_Name}
            spec: {podSelector: {}}
            """)).hasSize(1);
    }

    @Test
    void says_where_it_gave_up() {
        var rules = IntStream.range(0, 300).mapToObj(i -> "  - fron: []\n").collect(Collectors.joining());
        var thrown = catchThrowableOfType(ManifestException.class, () -> Manifests.read("m.yaml", """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: many}
            spec:
              podSelector: {}
              ingress:
            """ + rules, "shop"));
        assertThat(thrown.all()).hasSize(100);
        assertThat(thrown.all().getLast().advice()).endsWith("there may be more behind this; mend these first");
    }
}
