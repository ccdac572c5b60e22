package dev.lockdown.cluster.kubernetes.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockdown.cluster.embedded.Underlay;
import dev.lockdown.cluster.kubernetes.stub.Api.Refusal;
import dev.lockdown.cluster.kubernetes.stub.Store.Key;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.Manifests;
import dev.lockdown.state.Change;
import dev.lockdown.state.Namespace;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What follows from an object: admission and defaults before it is stored, the network and the pods afterwards.
final class Controllers {
    private static final String ENFORCE = "pod-security.kubernetes.io/enforce";

    private final Store store;
    private final Underlay network;
    private final Kubelet kubelet;
    private final FaultInjection faults;
    private final Map<String, Integer> accountless = new HashMap<>();

    Controllers(Store store, Underlay network, Kubelet kubelet, FaultInjection faults) {
        this.store = store;
        this.network = network;
        this.kubelet = kubelet;
        this.faults = faults;
    }

    /// Check and complete what comes in.
    ObjectNode admitted(Key key, ObjectNode object) {
        switch (key.resource()) {
            case "/pods" -> admitPod(key, object);
            case "/namespaces" -> {
                Json.metadata(object).withObjectProperty("labels").put(Namespace.NAME_LABEL, key.name());
                object.withObjectProperty("status").put("phase", "Active");
                object.withObjectProperty("spec").putArray("finalizers").add("kubernetes");
            }
            case "networking.k8s.io/networkpolicies" -> defaultTypes((ObjectNode) object.path("spec"));
            default -> {}
        }
        return object;
    }

    private static void defaultTypes(ObjectNode spec) {
        if (!spec.path("policyTypes").isEmpty()) return;
        var types = spec.putArray("policyTypes").add("Ingress");
        if (!spec.path("egress").isEmpty()) types.add("Egress");
    }

    private void admitPod(Key key, ObjectNode pod) {
        if (store.get(key) != null) return;
        var forbidden = "pods \"%s\" is forbidden: ".formatted(key.name());
        if (accountless.merge(key.namespace(), 1, Integer::sum) <= faults.accountsAfter)
            throw new Refusal(403, "Forbidden",
                forbidden + "error looking up service account %s/default: serviceaccount \"default\" not found".formatted(key.namespace()));
        var namespace = store.get(new Key("/namespaces", "", key.namespace()));
        var level = namespace == null ? "" : namespace.path("metadata").path("labels").path(ENFORCE).asText(faults.podSecurity);
        if (level.equals("restricted") && !isRestricted(pod.path("spec"))
            || level.equals("baseline") && pod.path("spec").path("hostNetwork").asBoolean()
            || faults.births.apply(name(key)) == FaultInjection.Birth.NOT_ADMITTED)
            throw new Refusal(403, "Forbidden",
                forbidden + "violates PodSecurity \"restricted:latest\": host namespaces (hostNetwork=true)");
        if (pod.path("spec").path("securityContext").path("windowsOptions").isObject())
            throw new Refusal(422, "Invalid", "windowsOptions are not for Linux");
        pod.putObject("status").put("phase", "Pending").putArray("conditions");
        ((ObjectNode) pod.path("status")).putArray("containerStatuses");
    }

    /// As the Pod Security Standards define it, of what this harness could get wrong.
    private static boolean isRestricted(JsonNode spec) {
        var security = spec.path("securityContext");
        for (var container : spec.path("containers")) {
            var own = container.path("securityContext");
            if (own.path("allowPrivilegeEscalation").asBoolean(true) || !own.at("/capabilities/drop").toString().contains("\"ALL\""))
                return false;
        }
        return !spec.path("hostNetwork").asBoolean() && security.path("runAsNonRoot").asBoolean()
            && security.at("/seccompProfile/type").asText().equals("RuntimeDefault");
    }

    /// Bring about what has just been stored.
    ObjectNode stored(Key key, ObjectNode object) {
        return switch (key.resource()) {
            case "/namespaces" -> {
                labelled(key, object);
                yield object;
            }
            case "/pods" -> {
                if (network.state().pods().containsKey(name(key)))
                    network.apply(new Change.RelabelPod(name(key), Json.texts(object.at("/metadata/labels"))));
                else
                    if (object.at("/status/phase").asText().equals("Pending")) kubelet.begin(key);
                yield object;
            }
            case "networking.k8s.io/networkpolicies" -> {
                change(key, object);
                yield object;
            }
            case "/services" -> {
                change(key, object);
                yield addressed(key);
            }
            default -> object;
        };
    }

    private void labelled(Key key, ObjectNode object) {
        var labels = Json.texts(object.at("/metadata/labels"));
        if (network.state().namespaces().containsKey(key.name())) network.apply(new Change.RelabelNamespace(key.name(), labels));
        else network.apply(new Change.ApplyNamespace(new Namespace(key.name(), labels)));
    }

    /// By the reader of manifests, which knows nothing of how the objects were made.
    private void change(Key key, ObjectNode object) {
        var plain = Json.MAPPER.createObjectNode();
        plain.setAll(Map.of("apiVersion", object.path("apiVersion"), "kind", object.path("kind"), "spec", object.path("spec").deepCopy()));
        ((ObjectNode) plain.path("spec")).remove(List.of("clusterIPs"));
        var metadata = Json.metadata(plain).put("name", key.name()).put("namespace", key.namespace());
        if (object.at("/metadata/labels").isObject()) metadata.set("labels", object.at("/metadata/labels"));
        var manifest = Manifests.read("stub", new String(Json.bytes(plain), StandardCharsets.UTF_8), key.namespace());
        network.apply(manifest.changes().toArray(Change[]::new));
    }

    private ObjectNode addressed(Key key) {
        var addresses = network.addresses(new Endpoint.Service(name(key))).stream().map(InetAddress::getHostAddress).toList();
        var balancers = faults.balancersPending ? List.<String>of()
            : network.addresses(new Endpoint.LoadBalancer(name(key))).stream().map(InetAddress::getHostAddress).toList();
        return Objects.requireNonNull(store.change(key, service -> {
            var spec = (ObjectNode) service.path("spec");
            spec.put("clusterIP", addresses.isEmpty() ? "None" : addresses.getFirst());
            spec.set("clusterIPs", Api.array(addresses.isEmpty() ? List.of("None") : addresses));
            var balancer = service.putObject("status").putObject("loadBalancer");
            var names = faults.balancerNames;
            for (var address : balancers) {
                var ingress = balancer.withArray("ingress").addObject();
                if (names == null) ingress.put("ip", address).put("ipMode", "VIP");
                else ingress.put("hostname", names.apply(address));
            }
            return service;
        }));
    }

    /// Take away what is to be deleted.
    void deleted(Key key, ObjectNode object) {
        switch (key.resource()) {
            case "/namespaces" -> terminate(key, object);
            case "/pods" -> podDeleted(key, object);
            case "networking.k8s.io/networkpolicies" -> {
                network.apply(new Change.DeletePolicy(name(key)));
                store.remove(key);
            }
            case "/services" -> {
                network.apply(new Change.DeleteService(name(key)));
                store.remove(key);
            }
            default -> store.remove(key);
        }
    }

    private void podDeleted(Key key, ObjectNode object) {
        if (object.at("/metadata/ownerReferences/0/kind").asText().equals("ReplicaSet")) {
            // Made anew by it, at once; what runs in it goes on.
            store.remove(key);
            Json.metadata(object).put("uid", object.at("/metadata/uid").asText() + "-next");
            store.put(key, object);
        } else {
            terminating(key);
            kubelet.end(key);
        }
    }

    private void terminating(Key key) {
        store.change(key, o -> {
            Json.metadata(o).put("deletionTimestamp", "2026-01-01T00:00:00Z");
            return o;
        });
    }

    private void terminate(Key key, ObjectNode namespace) {
        if (namespace.at("/metadata/deletionTimestamp").isTextual()) return;
        terminating(key);
        store.change(key, o -> {
            var status = o.withObjectProperty("status").put("phase", "Terminating");
            if (faults.stuckNamespaces.contains(key.name()))
                status.putArray("conditions").add(Json.of("{'type': 'NamespaceFinalizersRemaining', 'status': 'True', "
                    + "'message': 'Some content in the namespace has finalizers remaining: example.org/hold in 1 resource instances'}"));
            return o;
        });
        if (!faults.stuckNamespaces.contains(key.name())) kubelet.endNamespace(key.name());
    }

    String log(Call call) {
        var log = kubelet.log(new NamespacedName(call.namespace(), call.name()));
        return call.query().getOrDefault("timestamps", "").equals("true") ? log : HostScript.withoutTimes(log);
    }

    static NamespacedName name(Key key) {
        return new NamespacedName(key.namespace(), key.name());
    }
}
