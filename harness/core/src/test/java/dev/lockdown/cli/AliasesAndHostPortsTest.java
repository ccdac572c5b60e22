package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Names that lead elsewhere, and ports of nodes that lead to containers")
class AliasesAndHostPortsTest {
    private static final String SHOP = """
        apiVersion: v1
        kind: Pod
        metadata: {name: edge, namespace: shop, labels: {app: edge}}
        spec: {nodeName: node-1, containers: [{name: e, ports: [{containerPort: 8080, hostPort: 80}]}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: near, namespace: shop, labels: {app: near}}
        spec: {nodeName: node-1, containers: [{name: n, ports: [{containerPort: 9000}]}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: far, namespace: shop, labels: {app: far}}
        spec: {nodeName: node-2, containers: [{name: f, ports: [{containerPort: 9000}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: far, namespace: shop}
        spec: {selector: {app: far}, ports: [{port: 80, targetPort: 9000}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: inside, namespace: shop}
        spec: {type: ExternalName, externalName: far.shop.svc.cluster.local.}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: twice, namespace: shop}
        spec: {type: ExternalName, externalName: inside.shop.svc.cluster.local}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: round, namespace: shop}
        spec: {type: ExternalName, externalName: round.shop.svc.cluster.local}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: partner, namespace: shop}
        spec: {type: ExternalName, externalName: partner.example}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: edge, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: edge}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {matchLabels: {app: far}}}, {ipBlock: {cidr: 203.0.113.7/32}}], ports: [{port: 8080}]}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: near, namespace: shop}
        spec: {podSelector: {matchLabels: {app: near}}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 203.0.113.7/32}}]}]}
        """;

    @TempDir
    private Path folder;

    private List<String> table(ExitStatus wanted, String... more) throws IOException {
        var typist = new Typist(folder);
        var file = Files.writeString(folder.resolve("shop.yaml"), SHOP).toString();
        var words = new ArrayList<>(List.of("table", "-f", file, "--output", "csv", "--host", "partner.example=203.0.113.7,TCP/443",
            "--host", "other.example=203.0.113.8,TCP/443"));
        words.addAll(List.of(more));
        assertThat(typist.types(words.toArray(String[]::new))).as(typist.err()).isEqualTo(wanted);
        return typist.out().lines().skip(1).map(l -> l.split(",", -1))
            .map(c -> "%s %s %s %s %s".formatted(c[1], c[2], c[4], c[6], c[7]).strip())
            .toList();
    }

    @Test
    @NamespacesAvailable
    void are_dialled_as_the_policies_say() throws IOException {
        assertThat(table(ExitStatus.OK))
            .contains("shop/edge service:shop/inside 80 allowed open", "shop/near service:shop/inside 80 denied blocked",
                "shop/near service:shop/twice 80 denied blocked", "shop/near service:shop/partner 443 allowed open",
                "shop/far node:node-1 80 allowed open", "host:partner.example node:node-1 80 allowed open",
                "host:other.example node:node-1 80 denied blocked")
            .noneMatch(f -> f.contains("round") || f.contains("node-2"));
    }

    @Test
    void are_expected_without_a_cluster() throws IOException {
        assertThat(table(ExitStatus.OK, "--expected-only")).contains("shop/edge service:shop/twice 80 allowed",
            "shop/near service:shop/partner 443 allowed", "host:partner.example node:node-1 80 allowed",
            "host:other.example node:node-1 80 denied", "shop/near node:node-1 80 unspecified");
    }

    @Test
    void are_explained_by_what_is_dialled() throws IOException {
        var typist = new Typist(folder);
        var file = Files.writeString(folder.resolve("shop.yaml"), SHOP).toString();
        typist.types("explain", "-f", file, "--from", "shop/near", "--to", "service:shop/partner", "--port", "TCP/443", "--host",
            "partner.example=203.0.113.8,TCP/443");
        assertThat(typist.out()).contains("is denied", "203.0.113.8 is outside 203.0.113.7/32");
        typist.types("explain", "-f", file, "--from", "shop/far", "--to", "node:node-1", "--port", "TCP/80");
        assertThat(typist.out()).contains("arriving at shop/edge on TCP/8080: allowed by shop/edge (ingress[0] of shop/edge)");
    }

    private ExitStatus runs(Typist typist, String hosts) throws IOException {
        Files.writeString(folder.resolve("shop.yaml"), SHOP);
        var feature = Files.writeString(folder.resolve("names.feature"), """
            Feature: Names
              Scenario: What is dialled counts
                Given the manifests in "shop.yaml"
            %s
                Then "shop/edge" can reach service "shop/inside" on TCP/80
                And "shop/near" cannot reach service "shop/twice" on TCP/80
                And "shop/near" can reach service "shop/partner" on TCP/443
                And "shop/far" can reach node "node-1" on TCP/80
                And "shop/far" can resolve twice.shop.svc.cluster.local
                And "shop/far" can resolve partner.shop.svc.cluster.local
            """.formatted(hosts));
        return typist.types("run", feature.toString());
    }

    @Test
    @NamespacesAvailable
    void are_named_in_features() throws IOException {
        var typist = new Typist(folder);
        var status = runs(typist, """
                And the external hosts
                  | host            | serves  | addresses   |
                  | partner.example | TCP/443 | 203.0.113.7 |
            """);
        assertThat(status).as(typist.out() + typist.err()).isEqualTo(ExitStatus.OK);
    }

    @Test
    void are_mistakes_where_they_lead_to_nobody() throws IOException {
        var typist = new Typist(folder);
        assertThat(runs(typist, "")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(typist.out() + typist.err())
            .contains("service:shop/partner is an alias (ExternalName) that leads to host:partner.example, which "
                + "is not there; declare it with `Given the external hosts`");
    }
}
