package dev.lockdown.cluster.kubernetes.stub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockdown.cluster.embedded.Underlay;
import dev.lockdown.cluster.kubernetes.stub.Store.Key;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Node;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/// The objects that an empty cluster has.
final class EmptyClusterObjects {
    private final Store store;
    private final Underlay network;

    EmptyClusterObjects(Store store, Underlay network) {
        this.store = store;
        this.network = network;
    }

    void create() {
        var state = network.state();
        state.nodes().values().forEach(this::node);
        state.namespaces().values().forEach(this::namespace);
        state.pods().values().forEach(this::pod);
        state.services().values().forEach(this::service);
        corefile();
        var slice = object("discovery.k8s.io/v1", "EndpointSlice", Map.of("kubernetes.io/service-name", "kubernetes"));
        var servers = network.apiServers();
        servers.forEach(s -> slice.withArrayProperty("endpoints").addObject().set("addresses",
            Api.array(List.of(s.address().getHostAddress()))));
        slice.putArray("ports").addObject().put("name", "https").put("port", servers.getFirst().port());
        store.put(new Key("discovery.k8s.io/endpointslices", "default", "kubernetes"), slice);
    }

    private static ObjectNode object(String version, String kind, Map<String, String> labels) {
        var object = Json.of("{'apiVersion': '%s', 'kind': '%s', 'metadata': {}}", version, kind);
        labels.forEach(Json.metadata(object).putObject("labels")::put);
        return object;
    }

    private void node(Node node) {
        var object = object("v1", "Node", Map.of("kubernetes.io/hostname", node.name(), "kubernetes.io/os", "linux"));
        object.putObject("spec");
        var status = object.putObject("status");
        status.putArray("conditions").addObject().put("type", "Ready").put("status", "True");
        for (var address : network.addresses(new Endpoint.Node(node.name())))
            status.withArrayProperty("addresses").addObject().put("type", "InternalIP").put("address", address.getHostAddress());
        store.put(new Key("/nodes", "", node.name()), object);
    }

    private void namespace(Namespace namespace) {
        store.put(new Key("/namespaces", "", namespace.name()), object("v1", "Namespace", namespace.labels()));
    }

    private void pod(Pod pod) {
        var object = object("v1", "Pod", pod.labels());
        var container = object.putObject("spec").put("nodeName", pod.node()).putArray("containers").addObject().put("name", "main");
        for (var port : pod.ports())
            container.withArrayProperty("ports").addObject().put("containerPort", port.port().number())
                .put("protocol", port.port().protocol().name()).put("name", port.name());
        var addresses = network.addresses(new Endpoint.Pod(pod.name()));
        var status = object.putObject("status").put("phase", "Running").put("podIP", addresses.getFirst().getHostAddress());
        addresses.forEach(a -> status.withArrayProperty("podIPs").addObject().put("ip", a.getHostAddress()));
        status.putArray("conditions").addObject().put("type", "Ready").put("status", "True");
        Json.metadata(object).putArray("ownerReferences").addObject().put("apiVersion", "apps/v1").put("kind", "ReplicaSet")
            .put("name", "coredns").put("uid", "coredns-1").put("controller", true);
        ((ObjectNode) object.path("spec")).putArray("volumes").addObject().put("name", "config-volume").putObject("configMap")
            .put("name", "coredns");
        store.put(key("/pods", pod.name()), object);
    }

    /// As kubeadm writes it, in brief. The network's own DNS goes by its hosts instead.
    private void corefile() {
        var object = object("v1", "ConfigMap", Map.of());
        object.putObject("data").put("Corefile", ".:53 {\n    errors\n    kubernetes cluster.local\n    reload\n}\n");
        store.put(new Key("/configmaps", "kube-system", "coredns"), object);
    }

    private void service(Service service) {
        var object = object("v1", "Service", service.labels());
        var spec = object.putObject("spec").put("type", "ClusterIP");
        service.selector().forEach(spec.putObject("selector")::put);
        for (var port : service.ports()) {
            var one = spec.withArrayProperty("ports").addObject().put("name", port.name()).put("protocol", port.port().protocol().name())
                .put("port", port.port().number());
            switch (port.target()) {
                case Service.TargetPort.Number(var number) -> one.put("targetPort", number);
                case Service.TargetPort.Name(var name) -> one.put("targetPort", name);
            }
        }
        var addresses = network.addresses(new Endpoint.Service(service.name())).stream().map(InetAddress::getHostAddress).toList();
        spec.put("clusterIP", addresses.getFirst()).set("clusterIPs", Api.array(addresses));
        store.put(key("/services", service.name()), object);
    }

    private static Key key(String resource, NamespacedName name) {
        return new Key(resource, name.namespace(), name.name());
    }
}
