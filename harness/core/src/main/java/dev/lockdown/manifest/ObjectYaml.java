package dev.lockdown.manifest;

import static dev.lockdown.manifest.PolicyYaml.text;

import dev.lockdown.flow.Port;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes namespaces, pods and Services as the YAML that a person would apply. Policies are written by [PolicyYaml].
public final class ObjectYaml {
    private ObjectYaml() {}

    public static String of(Namespace namespace) {
        return head("v1", "Namespace", "\"" + namespace.name() + "\"", null) + "  labels: " + labels(namespace.labels()) + "\n";
    }

    public static String of(Pod pod) {
        return head("v1", "Pod", text(pod.name().name()), pod.name().namespace()) + "  labels: " + labels(pod.labels()) + "\nspec:\n"
            + (pod.node().isEmpty() ? "" : "  nodeName: " + text(pod.node()) + "\n") + (pod.hostNetwork() ? "  hostNetwork: true\n" : "")
            + "  containers:\n  - name: main\n    ports:" + ports(pod);
    }

    private static String ports(Pod pod) {
        var declared = pod.ports().stream().filter(ContainerPort::declared).map(ObjectYaml::port).collect(Collectors.joining());
        return declared.isEmpty() ? " []\n" : "\n" + declared;
    }

    public static String of(Service service) {
        var type = switch (service.type()) {
            case CLUSTER_IP -> "";
            case HEADLESS -> "  clusterIP: None\n";
            case NODE_PORT -> "  type: NodePort\n" + trafficPolicy(service);
            case LOAD_BALANCER -> "  type: LoadBalancer\n" + trafficPolicy(service);
            case EXTERNAL_NAME -> "  type: ExternalName\n  externalName: " + text(service.externalName()) + "\n";
        };
        return head("v1", "Service", text(service.name().name()), service.name().namespace())
            + (service.labels().isEmpty() ? "" : "  labels: " + labels(service.labels()) + "\n") + "spec:\n" + type + "  selector: "
            + labels(service.selector()) + "\n  ports:\n" + service.ports().stream().map(ObjectYaml::port).collect(Collectors.joining());
    }

    private static String trafficPolicy(Service service) {
        return service.outside().isLocal() ? "  externalTrafficPolicy: Local\n" : "";
    }

    /// A machine outside is no Kubernetes object: a mapping of its name, ports and addresses.
    public static String of(ExternalHost host) {
        return "name: %s\nports: [%s]\naddresses: [%s]\n".formatted(host.name(),
            host.ports().stream().map(Port::toString).collect(Collectors.joining(", ")),
            host.addresses().stream().map(a -> "\"" + a + "\"").collect(Collectors.joining(", ")));
    }

    /// What deletes an object: its identity, and `$patch: delete` as strategic merge patches say it.
    public static String deletion(String version, String kind, String name, @Nullable String namespace) {
        return "$patch: delete\n" + head(version, kind, text(name), namespace);
    }

    private static String head(String version, String kind, String name, @Nullable String namespace) {
        return "apiVersion: %s\nkind: %s\nmetadata:\n  name: %s\n%s".formatted(version, kind, name,
            namespace == null ? "" : "  namespace: \"" + namespace + "\"\n");
    }

    private static String port(ContainerPort port) {
        return "    - {containerPort: %s, protocol: %s%s%s}\n".formatted(Integer.toString(port.port().number()), port.port().protocol(),
            port.name().isEmpty() ? "" : ", name: " + text(port.name()),
            port.hostPort() == 0 ? "" : ", hostPort: " + Integer.toString(port.hostPort()));
    }

    private static String labels(Map<String, String> labels) {
        return labels.entrySet().stream().map(e -> "%s: \"%s\"".formatted(text(e.getKey()), e.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String port(Service.ServicePort port) {
        var offered = port.port();
        return "  - {port: %s, protocol: %s, targetPort: %s%s%s}\n".formatted(Integer.toString(offered.number()), offered.protocol(),
            switch (port.target()) {
                case Service.TargetPort.Number(var number) -> Integer.toString(number);
                case Service.TargetPort.Name(var name) -> text(name);
            }, port.name().isEmpty() ? "" : ", name: " + text(port.name()), port.nodePort() == 0 ? "" : ", nodePort: " + port.nodePort());
    }
}
