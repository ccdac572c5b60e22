package dev.lockdown.need;

import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.Yaml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The custom resources of which it is known for sure what their operators make: how pods are called and labelled, and which Services lead to them.
///
/// @see <a href="https://prometheus-operator.dev/docs/api-reference/api/">Prometheus</a>
/// @see <a href="https://cloudnative-pg.io/documentation/current/service_management/">CloudNativePG</a>
/// @see <a href="https://strimzi.io/docs/operators/latest/configuring">Strimzi</a>
/// @see <a href="https://www.elastic.co/guide/en/cloud-on-k8s/current/k8s-services.html">Elastic Cloud on Kubernetes</a>
/// @see <a href="https://www.rabbitmq.com/kubernetes/operator/using-operator">RabbitMQ's cluster operator</a>
/// @see <a href="https://github.com/mongodb/mongodb-kubernetes-operator">MongoDB's community operator</a>
final class OperatedKinds {
    private static final Map<String, Integer> RABBIT_PLUGINS =
        Map.of("rabbitmq_mqtt", 1883, "rabbitmq_stomp", 61613, "rabbitmq_stream", 5552,
            "rabbitmq_web_mqtt", 15675, "rabbitmq_web_stomp", 15674);

    private OperatedKinds() {}

    /// @param pod the name of one pod
    /// @param labels that all its pods have
    /// @param ports by name, those of TCP
    /// @param dialled the port of its Services, on the same of the pods; 0 where they have several
    /// @param services that lead to the pods
    record Made(String pod, Map<String, String> labels, Map<String, Integer> ports, int dialled, List<String> services) {}

    static Optional<Made> of(WrittenObject object) {
        var name = object.name().name();
        var spec = WrittenObject.mapping(object.root(), "spec");
        if (spec.isEmpty()) return Optional.empty();
        return Optional.ofNullable(switch (object.group() + "/" + object.kind()) {
            case "monitoring.coreos.com/Prometheus", "monitoring.coreos.com/PrometheusAgent" ->
                monitoring(spec.get(), "prometheus", name, ports("web", 9090), 9090, "prometheus-operated");
            case "monitoring.coreos.com/Alertmanager" ->
                monitoring(spec.get(), "alertmanager", name, ports("web", 9093, "mesh-tcp", 9094), 0, "alertmanager-operated");
            case "monitoring.coreos.com/ThanosRuler" ->
                monitoring(spec.get(), "thanos-ruler", name, ports("web", 10902, "grpc", 10901), 0, "thanos-ruler-operated");
            case "postgresql.cnpg.io/Cluster" -> new Made(name + "-1", Map.of("cnpg.io/cluster", name, "cnpg.io/podRole", "instance"),
                ports("postgresql", 5432, "metrics", 9187, "status", 8000), 5432, List.of(name + "-rw", name + "-ro", name + "-r"));
            case "kafka.strimzi.io/Kafka" ->
                new Made(name + "-kafka-0", strimzi(object.kind(), name, "kafka", "kafka"), listeners(spec.get()), 0,
                    List.of(name + "-kafka-bootstrap", name + "-kafka-brokers"));
            case "kafka.strimzi.io/KafkaConnect" -> new Made(name + "-connect-0", strimzi(object.kind(), name, "connect", "kafka-connect"),
                ports("rest-api", 8083), 8083, List.of(name + "-connect-api"));
            case "kafka.strimzi.io/KafkaBridge" -> new Made(name + "-bridge-0", strimzi(object.kind(), name, "bridge", "kafka-bridge"),
                ports("rest-api", 8080), 8080, List.of(name + "-bridge-service"));
            case "elasticsearch.k8s.elastic.co/Elasticsearch" ->
                new Made(name + "-es-default-0", Map.of("common.k8s.elastic.co/type", "elasticsearch",
                    "elasticsearch.k8s.elastic.co/cluster-name", name), ports("https", 9200, "transport", 9300), 9200,
                    List.of(name + "-es-http", name + "-es-internal-http", name + "-es-transport"));
            case "kibana.k8s.elastic.co/Kibana" -> new Made(name + "-kb-0", Map.of("common.k8s.elastic.co/type", "kibana",
                "kibana.k8s.elastic.co/name", name), ports("https", 5601), 5601, List.of(name + "-kb-http"));
            case "rabbitmq.com/RabbitmqCluster" -> new Made(name + "-server-0", Map.of("app.kubernetes.io/name", name,
                "app.kubernetes.io/component", "rabbitmq", "app.kubernetes.io/part-of", "rabbitmq"), rabbit(spec.get()), 0,
                List.of(name, name + "-nodes"));
            case "mongodbcommunity.mongodb.com/MongoDBCommunity" ->
                new Made(name + "-0", Map.of("app", name + "-svc"), ports("mongodb", 27017), 27017, List.of(name + "-svc"));
            default -> null;
        }).filter(m -> !m.ports().isEmpty());
    }

    private static Made monitoring(Fields spec, String word, String name, Map<String, Integer> ports, int dialled, String service) {
        var labels = new TreeMap<>(WrittenObject.texts(WrittenObject.mapping(spec, "podMetadata", "labels")));
        labels.putAll(Map.of("app.kubernetes.io/name", word, "app.kubernetes.io/instance", name, "app.kubernetes.io/managed-by",
            "prometheus-operator", word, name));
        return new Made(word + "-" + name + "-0", labels, ports, dialled, List.of(service));
    }

    private static Map<String, String> strimzi(String kind, String name, String component, String type) {
        return Map.of("strimzi.io/cluster", name, "strimzi.io/kind", kind, "strimzi.io/name", name + "-" + component,
            "strimzi.io/component-type", type, "app.kubernetes.io/name", type, "app.kubernetes.io/instance", name,
            "app.kubernetes.io/part-of",
            "strimzi-" + name, "app.kubernetes.io/managed-by", "strimzi-cluster-operator");
    }

    private static Map<String, Integer> listeners(Fields spec) {
        var ports = new TreeMap<String, Integer>();
        WrittenObject.mapping(spec, "kafka").ifPresent(kafka -> {
            for (var listener : WrittenObject.mappings(kafka, "listeners"))
                WrittenObject.text(listener, "port").filter(p -> p.matches("[0-9]{1,5}"))
                    .ifPresent(p -> ports.put("tcp-" + WrittenObject.text(listener, "name").orElse(p), Integer.parseInt(p)));
        });
        return ports;
    }

    private static Map<String, Integer> rabbit(Fields spec) {
        boolean secure = WrittenObject.mapping(spec, "tls").flatMap(t -> WrittenObject.text(t, "secretName")).isPresent();
        var ports = new TreeMap<>(ports("amqp", 5672, "management", 15672, "prometheus", 15692));
        if (secure) ports.putAll(ports("amqps", 5671, "management-tls", 15671));
        var plugins = WrittenObject.mapping(spec, "rabbitmq").map(r -> WrittenObject.items(r, "additionalPlugins")).orElse(List.of());
        for (var plugin : plugins)
            if (plugin.node() instanceof Yaml.Scalar s && RABBIT_PLUGINS.get(s.value()) instanceof Integer port)
                ports.put(s.value().substring("rabbitmq_".length()), port);
        return ports;
    }

    private static Map<String, Integer> ports(Object... namesAndNumbers) {
        var ports = new TreeMap<String, Integer>();
        for (int i = 0; i < namesAndNumbers.length; i += 2) ports.put((String) namesAndNumbers[i], (Integer) namesAndNumbers[i + 1]);
        return ports;
    }
}
