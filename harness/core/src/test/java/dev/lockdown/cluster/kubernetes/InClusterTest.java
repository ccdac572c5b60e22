package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.lockdown.cluster.EnvironmentException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("In a pod")
class InClusterTest {
    @TempDir
    private Path mount;

    private Map<String, String> environment() {
        return Map.of("HOME", mount.resolve("nobody").toString(), "KUBERNETES_SERVICE_HOST", "fd43::1", "KUBERNETES_SERVICE_PORT", "6443");
    }

    @Test
    void the_service_account_is_used_where_there_is_no_kubeconfig() throws IOException {
        Files.writeString(mount.resolve("token"), "first\n");
        assertThat(Access.find(null, null, environment(), mount)).isEqualTo(new Access.InCluster("https://[fd43::1]:6443", mount));
    }

    @Test
    void a_kubeconfig_that_is_named_is_used_all_the_same() throws IOException {
        Files.writeString(mount.resolve("token"), "first\n");
        var named = Files.writeString(mount.resolve("config"), "");
        assertThat(Access.find(named, null, environment(), mount)).isEqualTo(new Access.File(named, null));
        assertThatThrownBy(() -> Access.find(null, "staging", environment(), mount)).isInstanceOf(EnvironmentException.class)
            .hasMessageContaining("no kubeconfig");
    }

    @Test
    void without_a_service_account_a_kubeconfig_is_asked_for() {
        assertThatThrownBy(() -> Access.find(null, null, environment(), mount)).isInstanceOf(EnvironmentException.class)
            .hasMessageContaining("no kubeconfig");
    }

    @Test
    void the_token_is_read_anew_since_it_becomes_another() throws IOException {
        var tokens = new CopyOnWriteArrayList<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        Files.writeString(mount.resolve("token"), "first\n");
        var url = "http://127.0.0.1:" + server.getAddress().getPort();
        try (var client = new Access.InCluster(url, mount).client()) {
            client.pods().inNamespace("a").withName("b").get();
            Files.writeString(mount.resolve("token"), "second\n");
            client.pods().inNamespace("a").withName("b").get();
        } finally {
            server.stop(0);
        }
        assertThat(List.copyOf(tokens)).containsExactly("Bearer first", "Bearer second");
    }
}
