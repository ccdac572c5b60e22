package dev.lockdown.cluster.embedded.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockdown.cluster.ServiceEndpoints;
import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The cluster's objects as the Kubernetes API writes them in JSON: as much of them as a [Snapshot] knows.
final class ApiObjects {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final NamespacedName KUBERNETES = new NamespacedName("default", "kubernetes");

    private final Snapshot snapshot;

    ApiObjects(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /// Write the object, or the list of objects; empty if there is no object of that name.
    Optional<String> read(ApiPath.Resource resource) {
        var objects = switch (resource.kind()) {
            case NAMESPACE -> snapshot.state().namespaces().values().stream().map(ApiObjects::namespace);
            case POD -> snapshot.state().pods().values().stream().map(this::pod);
            case SERVICE -> snapshot.state().services().values().stream().map(this::service);
            case ENDPOINTS -> snapshot.state().services().values().stream().map(this::endpoints);
        };
        var wanted = objects.filter(o -> is(o, "namespace", resource.namespace()) && is(o, "name", resource.name()));
        return resource.name().isEmpty() ? Optional.of(list(resource.kind(), wanted))
            : wanted.findFirst().map(o -> named(o, resource.kind()).toString());
    }

    static String status(int code, String reason, String message) {
        var status = object("Status").put("status", "Failure").put("message", message).put("reason", reason).put("code", code);
        status.putObject("metadata");
        return status.toString();
    }

    private static boolean is(ObjectNode object, String field, String value) {
        return value.isEmpty() || object.path("metadata").path(field).asText().equals(value);
    }

    private static ObjectNode object(String kind) {
        return JSON.objectNode().put("kind", kind).put("apiVersion", "v1");
    }

    private static ObjectNode named(ObjectNode item, ApiPath.Kind kind) {
        return object(kind.word()).setAll(item);
    }

    private static String list(ApiPath.Kind kind, Stream<ObjectNode> items) {
        var list = object(kind.word() + "List");
        list.putObject("metadata").put("resourceVersion", "1");
        list.putArray("items").addAll(items.toList());
        return list.toString();
    }

    private static ObjectNode item(String name, Map<String, String> labels) {
        var item = JSON.objectNode();
        var metadata = item.putObject("metadata").put("name", name);
        labels.forEach(metadata.putObject("labels")::put);
        return item;
    }

    private static ObjectNode item(NamespacedName name, Map<String, String> labels) {
        var item = item(name.name(), labels);
        item.withObject("metadata").put("namespace", name.namespace());
        return item;
    }

    private static ObjectNode namespace(Namespace namespace) {
        var item = item(namespace.name(), namespace.labels());
        item.putObject("status").put("phase", "Active");
        return item;
    }

    private ObjectNode pod(Pod pod) {
        var item = item(pod.name(), pod.labels());
        item.putObject("spec").put("nodeName", pod.node()).put("hostNetwork", pod.hostNetwork()).put("serviceAccountName", "default");
        var status = item.putObject("status").put("phase", "Running");
        var addresses = status.putArray("podIPs");
        for (var address : addresses(new Endpoint.Pod(pod.name()))) addresses.addObject().put("ip", address);
        addresses(new Endpoint.Pod(pod.name())).stream().findFirst().ifPresent(a -> status.put("podIP", a));
        return item;
    }

    private ObjectNode service(Service service) {
        var item = item(service.name(), service.labels());
        var spec = item.putObject("spec").put("type", type(service));
        if (service.isAlias()) spec.put("externalName", service.externalName());
        var addresses = service.type() == Service.Type.HEADLESS ? List.of("None") : addresses(new Endpoint.Service(service.name()));
        addresses.stream().findFirst().ifPresent(a -> spec.put("clusterIP", a));
        addresses.forEach(spec.putArray("clusterIPs")::add);
        service.selector().forEach(spec.putObject("selector")::put);
        if (service.type().hasNodePorts()) spec.put("externalTrafficPolicy", service.outside().trafficPolicy().word());
        var ingress = addresses(new Endpoint.LoadBalancer(service.name()));
        if (!ingress.isEmpty()) {
            var given = item.putObject("status").putObject("loadBalancer").putArray("ingress");
            ingress.forEach(a -> given.addObject().put("ip", a).put("ipMode", "VIP"));
        }
        var ports = spec.putArray("ports");
        for (var port : service.ports()) {
            var entry =
                ports.addObject().put("name", port.name()).put("protocol", port.port().protocol().name()).put("port", port.port().number());
            switch (port.target()) {
                case Service.TargetPort.Number(int number) -> entry.put("targetPort", number);
                case Service.TargetPort.Name(var name) -> entry.put("targetPort", name);
            }
            if (port.nodePort() != 0) entry.put("nodePort", port.nodePort());
        }
        return item;
    }

    private static String type(Service service) {
        return switch (service.type()) {
            case CLUSTER_IP, HEADLESS -> "ClusterIP";
            case NODE_PORT -> "NodePort";
            case LOAD_BALANCER -> "LoadBalancer";
            case EXTERNAL_NAME -> "ExternalName";
        };
    }

    private ObjectNode endpoints(Service service) {
        var item = item(service.name(), Map.of());
        var subsets = item.putArray("subsets");
        for (var pod : ServiceEndpoints.pods(snapshot.state(), service)) {
            var ports = subset(subsets, addresses(new Endpoint.Pod(pod.name())));
            for (var port : service.ports())
                ServiceEndpoints.target(pod, port).ifPresent(n -> port(ports, port.name(), port.port().protocol(), n));
        }
        // The API server writes this one itself, about itself: no pod is behind it.
        if (service.name().equals(KUBERNETES))
            for (var api : snapshot.addresses().apiServers())
                port(subset(subsets, List.of(api.address().getHostAddress())), "https", Protocol.TCP, api.port());
        return item;
    }

    private static ArrayNode subset(ArrayNode subsets, List<String> addresses) {
        var subset = subsets.addObject();
        var list = subset.putArray("addresses");
        for (var address : addresses) list.addObject().put("ip", address);
        return subset.putArray("ports");
    }

    private static void port(ArrayNode ports, String name, Protocol protocol, int number) {
        ports.addObject().put("name", name).put("port", number).put("protocol", protocol.name());
    }

    private List<String> addresses(Endpoint endpoint) {
        return snapshot.addresses().of(endpoint).stream().map(InetAddress::getHostAddress).toList();
    }
}
