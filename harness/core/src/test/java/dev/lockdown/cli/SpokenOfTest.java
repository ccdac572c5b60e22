package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("What policies speak of besides pods, in a table that is probed")
class SpokenOfTest {
    private static final String SHOP = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {containers: [{name: w, ports: [{containerPort: 8080}]}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: free, namespace: shop, labels: {app: free}}
        spec: {containers: [{name: f, ports: [{containerPort: 8080}]}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress, Egress]
          ingress: [{from: [{ipBlock: {cidr: 198.51.100.0/24}}], ports: [{port: 8080}]}]
          egress:
          - {ports: [{port: 53, protocol: UDP}]}
          - {to: [{ipBlock: {cidr: 203.0.113.0/24, except: [203.0.113.128/25]}}, {ipBlock: {cidr: 10.43.0.0/16}}, {ipBlock: {cidr: 2001:db8::/64}}], ports: [{port: 443}]}
          - {to: [{ipBlock: {cidr: 172.18.0.0/16}}], ports: [{port: 6443}]}
        """;
    private static final String THEN = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: free, namespace: shop}
        spec: {podSelector: {matchLabels: {app: free}}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 192.0.2.0/24}}], ports: [{port: 25}]}]}
        """;

    @TempDir
    private Path folder;

    @Test
    void is_set_up_and_asked() throws IOException {
        var typist = new Typist(folder);
        var file = Files.writeString(folder.resolve("shop.yaml"), SHOP).toString();
        var then = Files.writeString(folder.resolve("then.yaml"), THEN).toString();
        assertThat(typist.types("table", "-f", file, "--then", then, "--output", "csv")).as(typist.err()).isEqualTo(ExitStatus.OK);
        List<String> flows = typist.out().lines().skip(1).map(l -> l.split(",", -1))
            .map(c -> "%s: %s %s %s/%s %s %s".formatted(c[0], c[1], c[2], c[3], c[4], c[6], c[7])).toList();
        assertThat(flows).contains("1: shop/web service:kube-system/kube-dns UDP/53 allowed open",
            "1: shop/web service:kube-system/kube-dns TCP/53 denied blocked", "1: shop/web kubernetes-api TCP/443 allowed open",
            "1: host:198.51.100.0/24 shop/web TCP/8080 allowed open", "2: shop/free host:192.0.2.0/24 TCP/25 allowed open",
            "2: shop/web host:192.0.2.0/24 TCP/25 denied blocked");
        assertThat(flows).anyMatch(f -> f.startsWith("1: shop/web host:203.0.113.0/24") && f.endsWith("TCP/443 allowed open"))
            .noneMatch(f -> f.startsWith("1:") && f.contains("192.0.2.0") || f.contains("10.43.0.0") || f.contains("2001:db8"));
    }
}
