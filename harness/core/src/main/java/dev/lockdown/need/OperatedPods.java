package dev.lockdown.need;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The pods that the Prometheus operator makes of its own kinds. They have no template, and their labels and ports are documented.
///
/// @see <a href="https://prometheus-operator.dev/docs/api-reference/api/">the operator's API</a>
final class OperatedPods {
    private static final String GROUP = "monitoring.coreos.com";

    private OperatedPods() {}

    static List<Template> of(List<WrittenObject> objects) {
        return objects.stream().flatMap(o -> template(o).stream()).toList();
    }

    private static Optional<Template> template(WrittenObject object) {
        if (!object.group().equals(GROUP)) return Optional.empty();
        var ports = switch (object.kind()) {
            case "Prometheus", "PrometheusAgent" -> List.of(port(Protocol.TCP, 9090, "web"));
            case "Alertmanager" ->
                List.of(port(Protocol.TCP, 9093, "web"), port(Protocol.TCP, 9094, "mesh-tcp"), port(Protocol.UDP, 9094, "mesh-udp"));
            case "ThanosRuler" -> List.of(port(Protocol.TCP, 10902, "web"), port(Protocol.TCP, 10901, "grpc"));
            default -> List.<ContainerPort>of();
        };
        var spec = WrittenObject.mapping(object.root(), "spec");
        if (ports.isEmpty() || spec.isEmpty()) return Optional.empty();
        var word = switch (object.kind()) {
            case "Alertmanager" -> "alertmanager";
            case "ThanosRuler" -> "thanos-ruler";
            default -> "prometheus";
        };
        var name = object.name();
        var pod = new Pod(new NamespacedName(name.namespace(), word + "-" + name.name() + "-0"), labels(spec.get(), word, name.name()),
            ports, "", false);
        return Optional.of(new Template(new Party.Workload(object.kind(), name), object, spec.get(), Optional.empty(), List.of(pod)));
    }

    private static Map<String, String> labels(Fields spec, String word, String name) {
        var labels = new TreeMap<>(WrittenObject.texts(WrittenObject.mapping(spec, "podMetadata", "labels")));
        labels.putAll(Map.of("app.kubernetes.io/name", word, "app.kubernetes.io/instance", name, "app.kubernetes.io/managed-by",
            "prometheus-operator", word, name));
        return labels;
    }

    private static ContainerPort port(Protocol protocol, int number, String name) {
        return new ContainerPort(new Port(protocol, number), name);
    }

    /// What a Prometheus of the operator sends to: its alertmanagers, and where it writes and reads from afar.
    static void read(Template template, MentionReader mentions, Backends backends) {
        if (!template.object().group().equals(GROUP)) return;
        WrittenObject.mapping(template.spec(), "alerting").ifPresent(a -> {
            for (var manager : WrittenObject.mappings(a, "alertmanagers")) {
                var because = Because.of(manager.at(), "alerting.alertmanagers[]");
                backends.send(template.party(), new NamespacedName(WrittenObject.text(manager, "namespace").orElse(template.namespace()),
                    WrittenObject.text(manager, "name").orElse("-")), WrittenObject.text(manager, "port").orElse(""), Purpose.APPLICATION,
                    because);
                mentions.needDns(template, because);
            }
        });
        var urls = new ArrayList<Setting>();
        for (var field : List.of("remoteWrite", "remoteRead"))
            for (var remote : WrittenObject.mappings(template.spec(), field))
                WrittenObject.text(remote, "url")
                    .ifPresent(u -> urls.add(new Setting("url", u, Because.of(remote.at(), field + "[].url"), Setting.NO_FILE)));
        mentions.read(template, urls);
    }
}
