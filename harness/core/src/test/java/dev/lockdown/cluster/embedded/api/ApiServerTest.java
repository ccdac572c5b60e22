package dev.lockdown.cluster.embedded.api;

import static dev.lockdown.cluster.embedded.controlplane.SnapshotFixture.port;
import static java.net.http.HttpRequest.newBuilder;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockdown.cluster.embedded.controlplane.ServiceAccountTokens;
import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import dev.lockdown.cluster.embedded.controlplane.SnapshotFixture;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Service.TargetPort;
import dev.lockdown.state.Service.Type;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest.Builder;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.ServerSocketChannel;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Asked by the JDK's own HTTP client, which knows nothing of this server.
@DisplayName("The Kubernetes API")
class ApiServerTest {
    private static final ClusterTls TLS = ClusterTls.make(ClusterTls.NAMES, List.of("127.0.0.1"));
    private static final NamespacedName WEB = NamespacedName.parse("shop/web");

    private final SnapshotFixture cluster =
        new SnapshotFixture().namespace("shop")
            .pod("shop/web", "app=web", List.of(new ContainerPort(Port.parse("TCP/8080"), "http")), "10.42.0.5")
            .service("shop/web", Type.CLUSTER_IP, "app=web", List.of(port("http", "TCP/80", new TargetPort.Name("http"))), "10.43.7.7");
    private final ServiceAccountTokens tokens = new ServiceAccountTokens();
    private Snapshot snapshot = cluster.snapshot();
    private ServerSocketChannel listener;
    private ApiServer server;
    private HttpClient client;

    @BeforeEach
    void start() throws Exception {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
        server = new ApiServer(listener, "node-1", TLS, new ApiAnswers(tokens, () -> snapshot));
        server.start();
        client = HttpClient.newBuilder().sslContext(trusting(TLS)).build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void tells_its_version_to_a_pod() throws Exception {
        assertThat(json(asPod("/version")).path("gitVersion").asText()).startsWith("v1.");
    }

    @Test
    void is_alive() throws Exception {
        assertThat(asPod("/livez").body()).isEqualTo("ok");
    }

    @Test
    void is_ready() throws Exception {
        assertThat(asPod("/readyz").body()).isEqualTo("ok");
    }

    @Test
    void is_healthy() throws Exception {
        assertThat(asPod("/healthz").body()).isEqualTo("ok");
    }

    @Test
    void tells_a_pod_what_versions_it_speaks() throws Exception {
        assertThat(json(asPod("/api")).path("versions")).extracting(JsonNode::asText).containsExactly("v1");
    }

    @Test
    void tells_a_pod_its_groups() throws Exception {
        assertThat(json(asPod("/apis")).path("kind").asText()).isEqualTo("APIGroupList");
    }

    @Test
    void tells_a_pod_its_resources() throws Exception {
        assertThat(json(asPod("/api/v1")).path("resources")).extracting(r -> r.path("name").asText()).containsExactly("namespaces", "pods",
            "services", "endpoints");
    }

    @Test
    void says_on_which_node_it_is() throws Exception {
        assertThat(asPod("/version").headers().firstValue("X-Lockdown-Node")).hasValue("node-1");
    }

    @Test
    void says_from_where_it_sees_the_client_come() throws Exception {
        assertThat(asPod("/version").headers().firstValue("X-Lockdown-Source")).hasValue("127.0.0.1");
    }

    @Test
    void answers_nobody_without_a_token() throws Exception {
        assertThat(send(request("/version")).statusCode()).isEqualTo(401);
    }

    @Test
    void answers_nobody_with_a_token_of_another_cluster() throws Exception {
        assertThat(get("/version", new ServiceAccountTokens().of(WEB)).statusCode()).isEqualTo(401);
    }

    @Test
    void answers_nobody_with_the_token_of_a_pod_that_is_gone() throws Exception {
        var token = tokens.of(WEB);
        snapshot = new SnapshotFixture().snapshot();
        assertThat(get("/version", token).statusCode()).isEqualTo(401);
    }

    @Test
    void shows_no_objects_to_a_pod() throws Exception {
        assertThat(asPod("/api/v1/namespaces/shop/pods").statusCode()).isEqualTo(403);
    }

    @Test
    void says_what_a_pod_may_not_list() throws Exception {
        assertThat(json(asPod("/api/v1/namespaces/shop/pods")).path("message").asText()).isEqualTo(
            "pods is forbidden: User \"system:serviceaccount:shop:default\" cannot list resource \"pods\" in API group \"\" in the namespace \"shop\"");
    }

    @Test
    void says_what_a_pod_may_not_get() throws Exception {
        assertThat(json(asPod("/api/v1/namespaces/shop")).path("message").asText()).isEqualTo(
            "namespaces \"shop\" is forbidden: User \"system:serviceaccount:shop:default\" cannot get resource \"namespaces\" in API group \"\" at the cluster scope");
    }

    @Test
    void says_what_path_a_pod_may_not_take() throws Exception {
        assertThat(json(asPod("/metrics")).path("message").asText())
            .isEqualTo("forbidden: User \"system:serviceaccount:shop:default\" cannot get path \"/metrics\"");
    }

    @Test
    void lists_the_namespaces() throws Exception {
        assertThat(names("/api/v1/namespaces")).containsExactly("default", "kube-system", "shop");
    }

    @Test
    void gives_one_namespace_with_its_labels() throws Exception {
        assertThat(json(asAdministrator("/api/v1/namespaces/shop")).at("/metadata/labels").path("kubernetes.io/metadata.name").asText())
            .isEqualTo("shop");
    }

    @Test
    void lists_the_pods_of_a_namespace_only() throws Exception {
        assertThat(names("/api/v1/namespaces/default/pods")).isEmpty();
    }

    @Test
    void gives_a_pod_with_its_address() throws Exception {
        assertThat(json(asAdministrator("/api/v1/namespaces/shop/pods/web")).at("/status/podIP").asText()).isEqualTo("10.42.0.5");
    }

    @Test
    void lists_the_services_of_all_namespaces() throws Exception {
        assertThat(names("/api/v1/services")).containsExactly("kubernetes", "kube-dns", "web");
    }

    @Test
    void gives_the_endpoints_of_a_service_with_the_port_of_the_pod() throws Exception {
        assertThat(json(asAdministrator("/api/v1/namespaces/shop/endpoints/web")).at("/subsets/0/ports/0/port").asInt()).isEqualTo(8080);
    }

    @Test
    void gives_itself_as_the_endpoint_of_its_service() throws Exception {
        snapshot = new Snapshot(snapshot.state(),
            new Addresses(Map.of(), List.of(new Addresses.ApiServer(InetAddress.ofLiteral("172.18.0.10"), 6443))));
        assertThat(json(asAdministrator("/api/v1/namespaces/default/endpoints/kubernetes")).at("/subsets").toString())
            .isEqualTo("[{\"addresses\":[{\"ip\":\"172.18.0.10\"}],\"ports\":[{\"name\":\"https\",\"port\":6443,\"protocol\":\"TCP\"}]}]");
    }

    @Test
    void says_what_was_not_found() throws Exception {
        assertThat(json(asAdministrator("/api/v1/namespaces/shop/pods/gone")).path("message").asText())
            .isEqualTo("pods \"gone\" not found");
    }

    @Test
    void does_not_find_a_path_that_means_nothing() throws Exception {
        assertThat(asAdministrator("/api/v1/namespaces/shop/pods/web/log").statusCode()).isEqualTo(404);
    }

    @Test
    void allows_reading_only() throws Exception {
        var post =
            request("/api/v1/namespaces").header("Authorization", "Bearer " + tokens.administrator()).POST(BodyPublishers.ofString("{}"));
        assertThat(send(post).statusCode()).isEqualTo(405);
    }

    private List<String> names(String path) throws Exception {
        return json(asAdministrator(path)).path("items").valueStream().map(i -> i.at("/metadata/name").asText()).toList();
    }

    private HttpResponse<String> asPod(String path) throws Exception {
        return get(path, tokens.of(WEB));
    }

    private HttpResponse<String> asAdministrator(String path) throws Exception {
        return get(path, tokens.administrator());
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        return send(request(path).header("Authorization", "Bearer " + token));
    }

    private Builder request(String path) throws IOException {
        int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        return newBuilder(URI.create("https://localhost:%d%s".formatted(port, path)));
    }

    private HttpResponse<String> send(Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }

    private static SSLContext trusting(ClusterTls tls) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", tls.certificate());
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
