package dev.lockdown.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.embedded.EmbeddedBackend;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.flow.Port;
import dev.lockdown.manifest.Manifests;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.table.Survey.Agreement;
import dev.lockdown.trial.ScenarioJournal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@NamespacesAvailable
@DisplayName("A survey of a cluster")
class SurveyorTest {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final String SHOP = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {nodeName: node-1, containers: [{name: m, ports: [{containerPort: 80}]}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: api, namespace: shop, labels: {app: api}}
        spec: {containers: [{name: m, ports: [{containerPort: 80}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: back, namespace: shop}
        spec: {ports: [{port: 80}]}
        ---
        apiVersion: v1
        kind: Endpoints
        metadata: {name: back, namespace: shop}
        subsets: [{addresses: [{ip: 203.0.113.7}], ports: [{port: 9090}]}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: partner, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/25}}]}]
        """;

    @Test
    void has_machines_outside_and_nodes_beside_the_pods() {
        var survey = survey(true);
        assertThat(survey.lines()).extracting(l -> l.flow().toString() + " " + SurveyWords.expected(l.expectation())).contains(
            "shop/web to host:in.example on TCP/443 allowed",
            "host:in.example to shop/web on TCP/80 allowed",
            "host:out.example to shop/web on TCP/80 denied",
            "node:node-1 to shop/web on TCP/80 allowed",
            "node:node-2 to shop/web on TCP/80 denied");
        assertThat(survey.count(Agreement.DIFFERS)).isZero();
    }

    @Test
    void is_undecided_about_a_service_whose_port_nobody_serves() {
        assertThat(survey(false).lines()).filteredOn(l -> l.flow().toString().equals("shop/web to service:shop/back on TCP/80"))
            .singleElement().extracting(Survey.Line::agreement).isEqualTo(Agreement.UNDECIDED);
    }

    private static Survey survey(boolean nodes) {
        var surveys = new ArrayList<Survey>();
        var hosts = List.of(new ExternalHost("in.example", List.of(Port.parse("TCP/443")), List.of("203.0.113.7")),
            new ExternalHost("out.example", List.of(Port.parse("TCP/443")), List.of("203.0.113.200")));
        var states = DescribedStates.of(Manifests.read("shop.yaml", SHOP, "shop"), List.of(), List.of()).beside(hosts);
        try (var backend = EmbeddedBackend.sound(CLOCK); var cluster = backend.start(Needs.DEFAULT)) {
            new Surveyor(List.of(), nodes).survey(states, cluster, new ScenarioJournal("table", _ -> {}, CLOCK), surveys::add);
        }
        return surveys.getFirst();
    }
}
