package dev.lockdown.fuzz;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.manifest.PolicyYaml;
import dev.lockdown.state.Change;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes the last step of an episode as a manifest.
record EpisodeYaml(Episode episode) {

    String text() {
        return episode.steps().getLast().stream().map(this::document).filter(d -> !d.isEmpty()).collect(Collectors.joining("---\n"));
    }

    private String document(Change change) {
        return switch (change) {
            case Change.ApplyNamespace(var namespace) -> namespace(namespace);
            case Change.RelabelNamespace(var name, var labels) -> namespace(new Namespace(name, labels));
            case Change.StartPod(var pod) -> pod(pod);
            case Change.RelabelPod(var name, var labels) -> pod(pod(name).withLabels(labels));
            case Change.ApplyService(var service) -> service(service);
            case Change.ApplyPolicy(var policy) -> PolicyYaml.of(policy);
            case Change.DeleteNamespace(var name) -> deletion("v1", "Namespace", name, null);
            case Change.StopPod(var name) -> deletion("v1", "Pod", name.name(), name.namespace());
            case Change.DeleteService(var name) -> deletion("v1", "Service", name.name(), name.namespace());
            case Change.DeletePolicy(var name) -> deletion("networking.k8s.io/v1", "NetworkPolicy", name.name(), name.namespace());
            // A machine outside is said by the command.
            case Change.AddHost _ -> "";
        };
    }

    private Pod pod(NamespacedName name) {
        var pod = episode.last().pods().get(name);
        if (pod == null) throw new IllegalStateException("no pod " + name);
        return pod;
    }

    private static String head(String version, String kind, String name, @Nullable String namespace) {
        return "apiVersion: %s\nkind: %s\nmetadata:\n  name: %s\n%s".formatted(version, kind, name,
            namespace == null ? "" : "  namespace: \"" + namespace + "\"\n");
    }

    private static String deletion(String version, String kind, String name, @Nullable String namespace) {
        return "$patch: delete\n" + head(version, kind, name, namespace);
    }

    private static String namespace(Namespace namespace) {
        return head("v1", "Namespace", "\"" + namespace.name() + "\"", null) + "  labels: " + labels(namespace.labels()) + "\n";
    }

    private static String pod(Pod pod) {
        return head("v1", "Pod", pod.name().name(), pod.name().namespace()) + "  labels: " + labels(pod.labels()) + "\nspec:\n  nodeName: "
            + pod.node() + "\n" + (pod.hostNetwork() ? "  hostNetwork: true\n" : "") + "  containers:\n  - name: main\n    ports:"
            + (pod.ports().isEmpty() ? " []\n" : "\n") + pod.ports().stream().map(EpisodeYaml::port).collect(Collectors.joining());
    }

    private static String port(ContainerPort port) {
        return "    - {containerPort: %d, protocol: %s%s}\n".formatted(port.port().number(), port.port().protocol(),
            port.name().isEmpty() ? "" : ", name: " + port.name());
    }

    private static String labels(Map<String, String> labels) {
        return labels.entrySet().stream().map(e -> "%s: \"%s\"".formatted(e.getKey(), e.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String service(Service service) {
        return head("v1", "Service", service.name().name(), service.name().namespace()) + "spec:\n  selector: " + labels(service.selector())
            + "\n  ports:\n" + service.ports().stream().map(EpisodeYaml::port).collect(Collectors.joining());
    }

    private static String port(Service.ServicePort port) {
        Port offered = port.port();
        return "  - {port: %d, protocol: %s, targetPort: %s}\n".formatted(offered.number(), offered.protocol(), switch (port.target()) {
            case Service.TargetPort.Number(var number) -> number;
            case Service.TargetPort.Name(var name) -> name;
        });
    }
}
