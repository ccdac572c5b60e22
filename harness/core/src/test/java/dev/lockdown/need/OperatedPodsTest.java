package dev.lockdown.need;

import static dev.lockdown.need.NeedReaderTest.CLIENT;
import static dev.lockdown.need.NeedReaderTest.flows;
import static dev.lockdown.need.NeedReaderTest.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What operators make of custom resources")
class OperatedPodsTest {
    private static final String RESOURCE = "apiVersion: %s\nkind: %s\nmetadata: {name: it, namespace: shop}\nspec: %s\n---\n";

    private static String client(String url) {
        return CLIENT.formatted("env: [{name: A_URL, value: \"%s\"}]".formatted(url));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
        value = {"postgresql.cnpg.io/v1 | Cluster | {instances: 1} | postgresql://it-rw/app | TCP/5432",
            "postgresql.cnpg.io/v1 | Cluster | {instances: 1} | it-ro.shop.svc | TCP/5432",
            "kafka.strimzi.io/v1 | Kafka | {kafka: {listeners: [{name: plain, port: 9092, type: internal}]}} | it-kafka-bootstrap:9092 | TCP/9092",
            "kafka.strimzi.io/v1 | KafkaBridge | {} | http://it-bridge-service:8080 | TCP/8080",
            "elasticsearch.k8s.elastic.co/v1 | Elasticsearch | {version: 9.0.0} | https://it-es-http:9200 | TCP/9200",
            "kibana.k8s.elastic.co/v1 | Kibana | {version: 9.0.0} | https://it-kb-http:5601 | TCP/5601",
            "rabbitmq.com/v1beta1 | RabbitmqCluster | {} | amqp://it | TCP/5672",
            "rabbitmq.com/v1beta1 | RabbitmqCluster | {rabbitmq: {additionalPlugins: [rabbitmq_mqtt]}} | mqtt://it | TCP/1883",
            "mongodbcommunity.mongodb.com/v1 | MongoDBCommunity | {} | mongodb://it-svc/app | TCP/27017",
            "monitoring.coreos.com/v1 | Prometheus | {} | http://prometheus-operated:9090 | TCP/9090"})
    void is_dialled_by_the_names_of_its_Services(String version, String kind, String spec, String url, String port) {
        var needs = read(client(url) + RESOURCE.formatted(version, kind, spec));
        assertThat(flows(needs)).containsExactly("shop/Deployment/client to shop/%s/it on %s".formatted(kind, port));
        assertThat(unproven(needs)).isEmpty();
        assertThat(needs.operated()).hasSize(1);
    }

    private static List<String> unproven(Needs needs) {
        return needs.unproven().stream().map(Unproven::what).filter(w -> !w.startsWith("an operator makes its pods")).toList();
    }

    @Test
    void has_needs_of_its_own_that_are_told() {
        var needs = read(RESOURCE.formatted("postgresql.cnpg.io/v1", "Cluster", "{instances: 3}"));
        assertThat(needs.unproven()).singleElement().satisfies(u -> {
            assertThat(u.what())
                .isEqualTo("an operator makes its pods; what they dial among themselves, and what the operator dials, is in no "
                    + "manifest, and a lockdown shuts it off");
            assertThat(u.from()).hasToString("shop/Cluster/it");
        });
    }

    @Test
    void stands_in_with_the_labels_that_policies_mean() {
        var needs = read(RESOURCE.formatted("postgresql.cnpg.io/v1", "Cluster", "{instances: 3}"));
        assertThat(needs.operated().getFirst().labels()).isEqualTo(Map.of("cnpg.io/cluster", "it", "cnpg.io/podRole", "instance"));
    }

    @Test
    void does_not_stand_in_where_its_pods_are_there() {
        var needs = read(RESOURCE.formatted("postgresql.cnpg.io/v1", "Cluster", "{instances: 1}") + """
            apiVersion: v1
            kind: Pod
            metadata: {name: it-1, namespace: shop, labels: {cnpg.io/cluster: it, cnpg.io/podRole: instance, x: "y"}}
            spec: {containers: [{name: postgres}]}
            """);
        assertThat(needs.operated()).isEmpty();
    }

    @Test
    void dials_what_its_own_fields_name() {
        var needs = read(RESOURCE.formatted("elasticsearch.k8s.elastic.co/v1", "Elasticsearch", "{version: 9.0.0}")
            + RESOURCE.formatted("kibana.k8s.elastic.co/v1", "Kibana", "{elasticsearchRef: {name: it}}"));
        assertThat(flows(needs)).containsExactly("shop/Kibana/it to shop/Elasticsearch/it on TCP/9200");
    }

    @Test
    void has_a_port_that_is_not_known_or_many() {
        var cluster = RESOURCE.formatted("postgresql.cnpg.io/v1", "Cluster", "{instances: 1}");
        assertThat(unproven(read(client("http://it-rw:8080") + cluster))).containsExactly(
            "Service shop/it-rw, which the operator of shop/Cluster/it makes, is not known to have port 8080; its pods have TCP/9187, TCP/5432, "
                + "TCP/8000");
        assertThat(unproven(read(client("it") + RESOURCE.formatted("rabbitmq.com/v1beta1", "RabbitmqCluster", "{}"))))
            .containsExactly("Service shop/it is named without a port, and has none that it must be");
    }

    @Test
    void is_sent_to_by_an_ingress() {
        var ingress = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: i, namespace: shop}
            spec: {defaultBackend: {service: {name: %s, port: {number: 5601}}}}
            ---
            """;
        var kibana = RESOURCE.formatted("kibana.k8s.elastic.co/v1", "Kibana", "{version: 9.0.0}");
        assertThat(flows(read(ingress.formatted("it-kb-http") + kibana))).containsExactly("ingress to shop/Kibana/it on TCP/5601");
        assertThat(unproven(read(ingress.formatted("it-other") + kibana))).containsExactly(
            "Service shop/it-other is not among the manifests; the operator of Kibana it (app.yaml:6) may make it");
    }

    @Test
    void is_not_called_missing_where_nobody_knows_it() {
        var needs =
            read(client("postgres://it-primary:5432") + RESOURCE.formatted("postgres-operator.crunchydata.com/v1beta1", "PostgresCluster",
                "{}"));
        assertThat(needs.unproven()).singleElement().satisfies(u -> {
            assertThat(u.what())
                .isEqualTo("Service shop/it-primary is not among the manifests; the operator of PostgresCluster it (app.yaml:13) may "
                    + "make it");
            assertThat(u.remedy()).isEqualTo("give what it makes, too (kubectl get services,pods -n shop -o yaml), or declare the need");
            assertThat(u.dangling()).isFalse();
        });
        for (var other : List.of(RESOURCE.formatted("cert-manager.io/v1", "Certificate", "{}"),
            RESOURCE.formatted("kafka.strimzi.io/v1", "KafkaTopic", "{}")))
            assertThat(read(client("postgres://it-primary:5432") + other).unproven()).isNotEmpty().allMatch(Unproven::dangling);
    }

    @Test
    void is_scraped_by_what_its_monitor_selects() {
        var monitor = """
            apiVersion: monitoring.coreos.com/v1
            kind: PodMonitor
            metadata: {name: m, namespace: shop}
            spec: {selector: {matchExpressions: [{key: cnpg.io/cluster, operator: In, values: [%s]}]}, podMetricsEndpoints: [{port: metrics}]}
            ---
            """;
        var cluster = RESOURCE.formatted("postgresql.cnpg.io/v1", "Cluster", "{instances: 1}");
        assertThat(flows(read(cluster + monitor.formatted("it")))).containsExactly("prometheus to shop/Cluster/it on TCP/9187");
        var other = read(cluster + monitor.formatted("other"));
        assertThat(flows(other)).isEmpty();
        assertThat(unproven(other)).containsExactly("PodMonitor shop/m selects no pods of the manifests, so whom it scrapes is not known");
    }

    @Test
    void of_the_API_server_is_scraped_as_the_API() {
        assertThat(flows(read("""
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata: {name: apiserver, namespace: monitoring}
            spec:
              namespaceSelector: {matchNames: [default]}
              selector: {matchLabels: {component: apiserver, provider: kubernetes}}
              endpoints: [{port: https}]
            """))).containsExactly("prometheus to api on TCP/443");
    }
}
