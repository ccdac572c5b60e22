package dev.lockdown.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.manifest.Manifests;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.yaml.Source;
import dev.lockdown.need.Need;
import dev.lockdown.need.NeedReader;
import dev.lockdown.need.PlatformAddresses;
import dev.lockdown.need.Purpose;
import dev.lockdown.need.Unproven;
import dev.lockdown.state.Addresses;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// On the oracle; RehearseCommandTest makes the connections.
@DisplayName("A rehearsal")
class RehearsalTest {
    static final Path STORE = Path.of("..", "..", "fixtures", "apps", "store", "store.yaml");

    private static Rehearsal of(String text) {
        var sources = List.of(new Source(Position.startOf("app.yaml"), text));
        var manifest = Manifests.readAll(sources, "shop").onNodes(List.of("node-1", "node-2"));
        var needs = NeedReader.read(manifest, sources, "shop", Map.of());
        return new Rehearsal(needs, Shadows.of(manifest, needs, List.of()), HomeAddresses.of(PlatformAddresses.UNKNOWN));
    }

    private static String deployment(String name, String labels, String container) {
        return """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %s, namespace: shop}
            spec:
              template:
                metadata: {labels: %s}
                spec: {containers: [{name: c, %s}]}
            ---
            """.formatted(name, labels, container);
    }

    private static String service(String name, String app, int port) {
        return "apiVersion: v1\nkind: Service\nmetadata: {name: %s, namespace: shop}\nspec: {selector: {app: %s}, ports: [{port: %s}]}\n---\n"
            .formatted(name, app, port);
    }

    private static String calls(String url) {
        return "env: [{name: A_URL, value: \"%s\"}]".formatted(url);
    }

    @Test
    void of_the_store_breaks_what_a_lockdown_breaks_and_heals_exactly_that() throws IOException {
        var rehearsed = of(Files.readString(STORE)).expected();
        var broken = rehearsed.results().stream().filter(NeedResult::isBroken).map(r -> r.need().purpose())
            .collect(Collectors.groupingBy(p -> p, Collectors.counting()));
        assertThat(broken).isEqualTo(Map.of(Purpose.DNS, 18L, Purpose.API, 1L, Purpose.METRICS_PUSH, 2L, Purpose.METRICS_SCRAPE, 2L,
            Purpose.APPLICATION, 13L, Purpose.PEERS, 1L, Purpose.INGRESS, 1L));
        assertThat(rehearsed.results()).filteredOn(r -> r.need().purpose() == Purpose.PROBE).noneMatch(NeedResult::isBroken);
        assertThat(rehearsed.isExact()).isTrue();
        assertThat(rehearsed.healed()).isEqualTo(38);
        assertThat(rehearsed.opened()).isEmpty();
    }

    @Test
    void proposes_the_same_text_every_time_and_under_it_nothing_is_broken() throws IOException {
        var text = Files.readString(STORE);
        var proposals = of(text).expected().proposals();
        assertThat(of(text).expected().proposals()).isEqualTo(proposals);
        var yaml = proposals.stream().map(Proposal::yaml).collect(Collectors.joining("---\n", "---\n", ""));
        var again = of(text + yaml).expected();
        assertThat(again.brokenToday()).isZero();
        assertThat(again.openToday()).isEmpty();
        assertThat(again.proposals().stream().map(Proposal::yaml))
            .containsExactlyElementsOf(proposals.stream().map(Proposal::yaml).toList());
    }

    @Test
    void proposes_one_policy_for_each_workload_and_direction_and_dns_once() {
        var rehearsed =
            of(deployment("web", "{app: web}", calls("http://api:8080")) + deployment("api", "{app: api}", "ports: [{containerPort: 8080}]")
                + service("api", "api", 8080)).expected();
        assertThat(rehearsed.proposals().stream().map(Proposal::file)).containsExactly("shop-default-deny.yaml", "shop-allow-dns.yaml",
            "shop-api-ingress.yaml", "shop-web-egress.yaml");
        assertThat(rehearsed.proposals().getLast().yaml()).isEqualTo("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: web-egress
              namespace: shop
            spec:
              podSelector: {matchLabels: {app: web}}
              policyTypes: [Egress]
              egress:
              # shop/Deployment/web to service:shop/api on TCP/8080: app.yaml:7 env[A_URL]
              - to:
                - podSelector: {matchLabels: {app: api}}
                ports:
                - {protocol: TCP, port: 8080}
            """);
    }

    @Test
    void tells_what_the_applications_own_policies_break_and_leave_open() {
        var rehearsed =
            of(deployment("web", "{app: web}", calls("http://api:8080")) + deployment("api", "{app: api}", "ports: [{containerPort: 8080}]")
                + deployment("other", "{app: other}", "ports: [{containerPort: 9000}]") + service("api", "api", 8080) + """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: own, namespace: shop}
                spec: {podSelector: {matchLabels: {app: api}}, ingress: [{from: [{podSelector: {matchLabels: {app: other}}}]}]}
                """).expected();
        assertThat(rehearsed.results().stream().filter(NeedResult::isBrokenToday).map(r -> r.need().toString()))
            .containsExactly("shop/Deployment/web to service:shop/api on TCP/8080");
        assertThat(rehearsed.results().stream().filter(NeedResult::isBrokenToday).findFirst().orElseThrow().whyToday().getFirst())
            .contains("denied by shop/own");
        assertThat(rehearsed.openToday().stream().map(Object::toString))
            .contains("shop/Deployment/other to shop/Deployment/api on TCP/8080",
                "shop/Deployment/web to shop/Deployment/other on TCP/9000")
            .doesNotContain("shop/Deployment/web to shop/Deployment/api on TCP/8080");
    }

    @Test
    void tells_whom_no_labels_tell_apart_and_what_opens_by_that() {
        var rehearsed =
            of(deployment("web", "{app: web}", calls("http://api:8080")) + deployment("twin", "{app: web}", "ports: [{containerPort: 1}]")
                + deployment("api", "{app: api}", "ports: [{containerPort: 8080}]") + service("api", "api", 8080)).expected();
        assertThat(rehearsed.unproven()).extracting(Unproven::what).anyMatch(w -> w.contains("no labels tell it from shop/twin"));
        assertThat(rehearsed.opened().stream().map(Object::toString)).contains("shop/Deployment/twin to shop/Deployment/api on TCP/8080");
        assertThat(rehearsed.isExact()).isFalse();
    }

    @Test
    void takes_more_of_the_labels_where_the_selector_means_others_too() {
        var rehearsed = of(deployment("web", "{app: shop, part: web}", calls("http://api:8080"))
            .replace("  template:", "  selector: {matchLabels: {app: shop}}\n  template:")
            + deployment("api", "{app: shop, part: api}", "ports: [{containerPort: 8080}]")
            + service("api", "shop", 8080).replace("app: shop}", "part: api}")).expected();
        assertThat(rehearsed.opened()).isEmpty();
        assertThat(rehearsed.proposals().getLast().yaml()).contains("podSelector: {matchLabels: {app: shop, part: web}}");
    }

    @Test
    void never_allows_everybody_where_an_address_is_not_known() {
        var rehearsed = of(deployment("web", "{app: web}", calls("https://partner.example/x"))).expected();
        assertThat(rehearsed.unproven()).extracting(Unproven::remedy).containsExactly("--host partner.example=ADDRESS,TCP/443");
        assertThat(rehearsed.proposals().stream().map(Proposal::yaml)).noneMatch(y -> y.contains("ipBlock"));
    }

    @Test
    void leaves_the_network_of_nodes_out_and_says_so() {
        var rehearsed = of(deployment("web", "{app: web}", calls("http://agent:9100"))
            + deployment("agent", "{app: agent}", "ports: [{containerPort: 9100}]").replace("spec: {containers",
                "spec: {hostNetwork: true, containers")
            + service("agent", "agent", 9100)).expected();
        assertThat(rehearsed.unproven()).extracting(Unproven::what).anyMatch(w -> w.contains("ends in the network of nodes"));
        assertThat(rehearsed.isExact()).isTrue();
        assertThat(rehearsed.results()).filteredOn(r -> r.need().purpose() == Purpose.APPLICATION).extracting(NeedResult::healed)
            .containsOnlyNulls();
    }

    @Test
    void asks_peers_of_a_StatefulSet_for_each_other() throws IOException {
        var peers = of(Files.readString(STORE)).expected().results().stream().filter(r -> r.need().purpose() == Purpose.PEERS).toList();
        assertThat(peers).extracting(r -> r.need().toString())
            .containsExactly("store/StatefulSet/database to store/StatefulSet/database on TCP/5432");
        assertThat(peers).allMatch(NeedResult::isHealed);
    }

    @Test
    void judges_the_API_by_the_address_that_was_given() {
        var application = deployment("web", "{app: web}", calls("https://kubernetes.default.svc")) + """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: own, namespace: shop}
            spec:
              podSelector: {}
              policyTypes: [Egress]
              egress: [{to: [{ipBlock: {cidr: 10.9.0.0/24}}], ports: [{port: 6443}]}]
            """;
        var api = of(application).expected().results().stream().filter(r -> r.need().purpose() == Purpose.API).toList();
        assertThat(api).extracting(NeedResult::today).containsExactly(Seen.UNKNOWN);
        assertThat(seenFromApi(application, "10.9.0.7")).isEqualTo(Seen.OPEN);
        assertThat(seenFromApi(application, "10.9.1.7")).isEqualTo(Seen.BLOCKED);
    }

    private static Seen seenFromApi(String application, String address) {
        var sources = List.of(new Source(Position.startOf("app.yaml"), application));
        var manifest = Manifests.readAll(sources, "shop");
        var needs = NeedReader.read(manifest, sources, "shop", Map.of());
        var server = new Addresses.ApiServer(InetAddress.ofLiteral(address), 6443);
        return new Rehearsal(needs, Shadows.of(manifest, needs, List.of()), HomeAddresses.of(new PlatformAddresses(server, List.of())))
            .expected().results()
            .stream()
            .filter(r -> r.need().purpose() == Purpose.API).map(NeedResult::today).findFirst().orElseThrow();
    }

    @Test
    void keeps_needs_apart_by_their_ends_and_port() throws IOException {
        var needs = of(Files.readString(STORE)).expected().results().stream().map(NeedResult::need).map(Need::toString).toList();
        assertThat(needs).doesNotHaveDuplicates().isSorted();
    }
}
