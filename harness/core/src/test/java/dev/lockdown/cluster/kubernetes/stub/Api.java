package dev.lockdown.cluster.kubernetes.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockdown.cluster.kubernetes.stub.Store.Key;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Answers calls as an API server does: rights, admission, storage, and what follows from it.
final class Api {
    private static final Map<String, String> KINDS = Map.ofEntries(Map.entry("nodes", "Node"), Map.entry("namespaces", "Namespace"),
        Map.entry("pods", "Pod"), Map.entry("configmaps", "ConfigMap"), Map.entry("services", "Service"), Map.entry("events", "Event"),
        Map.entry("endpointslices", "EndpointSlice"), Map.entry("networkpolicies", "NetworkPolicy"), Map.entry("leases", "Lease"),
        Map.entry("customresourcedefinitions", "CustomResourceDefinition"), Map.entry("jobs", "Job"),
        Map.entry("daemonsets", "DaemonSet"));
    private static final String JOBS = "batch/jobs";
    /// What everybody may do who has logged in.
    private static final Set<String> FREE = Set.of("create selfsubjectaccessreviews", "list version", "list apis");

    private final Store store;
    private final Controllers controllers;
    private final Set<String> rights;
    private final Set<String> withheld;
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private final Set<Key> typed = new HashSet<>(); // policies whose owner names types; guarded by the store

    /// @param rights of the only user, `create pods`
    /// @param withheld of those, what he does not have all the same
    Api(Store store, Controllers controllers, Set<String> rights, Set<String> withheld) {
        this.store = store;
        this.controllers = controllers;
        this.rights = rights;
        this.withheld = withheld;
    }

    /// @param status of HTTP
    record Reply(int status, JsonNode body) {}

    /// A call that is refused.
    static final class Refusal extends RuntimeException {
        final Reply reply;

        Refusal(int status, String reason, String message) {
            super(message);
            reply = failure(status, reason, message);
        }
    }

    static Reply failure(int status, String reason, String message) {
        var body = Json.of("{'kind': 'Status', 'apiVersion': 'v1', 'metadata': {}, 'status': 'Failure'}");
        return new Reply(status, body.put("message", message).put("reason", reason).put("code", status));
    }

    boolean mayDo(String right) {
        return FREE.contains(right) || rights.contains(right) && !withheld.contains(right);
    }

    /// The rights that were needed so far.
    Set<String> used() {
        return used;
    }

    void require(Call call, String verb) {
        var right = verb + " " + call.resource();
        used.add(right);
        if (!mayDo(right))
            throw new Refusal(403, "Forbidden", "%s is forbidden: User \"tester\" cannot %s resource \"%s\" in API group \"%s\""
                .formatted(call.resource(), verb, call.resource(), call.group()));
    }

    Reply answer(Call call) {
        try {
            require(call, call.verb());
            return new Reply(call.verb().equals("create") ? 201 : 200, switch (call.resource()) {
                case "version" -> Json.of("{'major': '1', 'minor': '34', 'gitVersion': 'v1.34.1-stub'}");
                case "apis" -> call.group().isEmpty() ? groups() : resources(call.group());
                case "selfsubjectaccessreviews" -> review((ObjectNode) call.body());
                case "pods/log" -> Json.text(controllers.log(call));
                default -> carryOut(call);
            });
        } catch (Refusal e) {
            return e.reply;
        }
    }

    private ObjectNode review(ObjectNode review) {
        var asked = review.at("/spec/resourceAttributes");
        var sub = asked.path("subresource").asText("");
        var right = asked.path("verb").asText() + " " + asked.path("resource").asText() + (sub.isEmpty() ? "" : "/" + sub);
        review.putObject("status").put("allowed", mayDo(right));
        return review;
    }

    private JsonNode carryOut(Call call) {
        return switch (call.verb()) {
            case "list" -> list(call);
            case "get" -> existing(call);
            case "create" -> create(call);
            case "update" -> update(call);
            case "patch" -> call.contentType().startsWith("application/apply-patch") ? apply(call) : merge(call);
            case "delete" -> delete(call);
            case String other -> throw new Refusal(405, "MethodNotAllowed", other + " is not done here");
        };
    }

    /// Those of custom kinds, as discovery tells them.
    private ObjectNode groups() {
        var all = Json.of("{'kind': 'APIGroupList', 'groups': []}");
        definitions().map(d -> d.at("/spec/group").asText()).distinct().forEach(g -> all.withArrayProperty("groups")
            .add(Json.of("{'name': '%s', 'versions': [{'groupVersion': '%s/v1', 'version': 'v1'}]}", g, g)));
        return all;
    }

    private ObjectNode resources(String group) {
        var all = Json.of("{'kind': 'APIResourceList', 'resources': []}");
        if (group.equals("apps"))
            all.withArrayProperty("resources").add(Json.of("{'name': 'daemonsets', 'kind': 'DaemonSet', 'namespaced': true}"));
        definitions().filter(d -> d.at("/spec/group").asText().equals(group)).forEach(d -> all.withArrayProperty("resources")
            .add(Json.of("{'name': '%s', 'kind': '%s', 'namespaced': %s}", d.at("/spec/names/plural").asText(),
                d.at("/spec/names/kind").asText(), d.at("/spec/scope").asText().equals("Namespaced"))));
        return all;
    }

    private Stream<ObjectNode> definitions() {
        return store.list("apiextensions.k8s.io/customresourcedefinitions", "").stream();
    }

    /// Page by page where the client asks for pages.
    private ObjectNode list(Call call) {
        var list = Json.of("{'metadata': {'resourceVersion': '%d'}}", store.version());
        list.put("apiVersion", version(call)).put("kind", KINDS.getOrDefault(call.resource(), "") + "List");
        var items = list.putArray("items");
        var found = store.list(call.group() + "/" + call.resource(), call.namespace()).stream().filter(Selectors.of(call)).toList();
        int first = Integer.parseInt(call.query().getOrDefault("continue", "0"));
        int end = Math.min(found.size(), first + Integer.parseInt(call.query().getOrDefault("limit", "100000")));
        found.subList(first, end).forEach(items::add);
        if (end < found.size()) ((ObjectNode) list.path("metadata")).put("continue", Integer.toString(end));
        return list;
    }

    private static String version(Call call) {
        return call.group().isEmpty() ? "v1" : call.group() + "/v1";
    }

    private ObjectNode existing(Call call) {
        var there = store.get(Store.key(call));
        if (there == null)
            throw new Refusal(404, "NotFound", "%s \"%s\" not found".formatted(call.resource(), call.name()));
        return there;
    }

    private ObjectNode create(Call call) {
        var object = (ObjectNode) call.body();
        var key = new Key(call.group() + "/" + call.resource(), call.namespace(), object.at("/metadata/name").asText());
        synchronized (store) {
            if (store.get(key) != null)
                throw new Refusal(409, "AlreadyExists", "%s \"%s\" already exists".formatted(call.resource(), key.name()));
            return save(key, object, call);
        }
    }

    private ObjectNode save(Key key, ObjectNode object, Call call) {
        requireNamespace(call);
        object.put("apiVersion", version(call)).put("kind", KINDS.getOrDefault(call.resource(), ""));
        if (store.get(key) == null) Json.metadata(object).put("creationTimestamp", "2026-01-01T00:00:00Z");
        return controllers.stored(key, store.put(key, controllers.admitted(key, object)));
    }

    private void requireNamespace(Call call) {
        if (call.namespace().isEmpty()) return;
        var namespace = store.get(new Key("/namespaces", "", call.namespace()));
        if (namespace == null) throw new Refusal(404, "NotFound", "namespaces \"%s\" not found".formatted(call.namespace()));
        if (namespace.at("/metadata/deletionTimestamp").isTextual() && call.verb().equals("create"))
            throw new Refusal(403, "Forbidden", "unable to create new content in namespace %s because it is being terminated"
                .formatted(call.namespace()));
    }

    private ObjectNode update(Call call) {
        synchronized (store) {
            var there = existing(call);
            var version = call.body().at("/metadata/resourceVersion").asText("");
            if (!version.isEmpty() && !version.equals(there.at("/metadata/resourceVersion").asText()))
                throw new Refusal(409, "Conflict", "Operation cannot be fulfilled on %s \"%s\": the object has been modified; please apply "
                    .formatted(call.resource(), call.name()) + "your changes to the latest version and try again");
            return save(Store.key(call), (ObjectNode) call.body(), call);
        }
    }

    /// Of one owner, so that what he leaves out is gone.
    private ObjectNode apply(Call call) {
        if (!call.query().containsKey("fieldManager")) throw new Refusal(422, "Invalid", "fieldManager is required for apply patch");
        synchronized (store) {
            var there = store.get(Store.key(call));
            if (there == null) require(call, "create");
            var object = ((ObjectNode) call.body()).deepCopy();
            if (there != null && there.path("spec").has("clusterIPs"))
                ((ObjectNode) object.path("spec")).setAll(Map.of("clusterIP",
                    there.at("/spec/clusterIP"), "clusterIPs", there.at("/spec/clusterIPs")));
            if (there != null && there.has("status")) object.set("status", there.path("status"));
            var key = Store.key(call);
            // What a default gave belongs to nobody, and stays.
            if (there != null && !object.path("spec").has("policyTypes") && !typed.contains(key) && there.path("spec").has("policyTypes"))
                ((ObjectNode) object.path("spec")).set("policyTypes", there.at("/spec/policyTypes"));
            else
                if (object.path("spec").has("policyTypes")) typed.add(key);
                else typed.remove(key);
            return save(key, object, call);
        }
    }

    private ObjectNode merge(Call call) {
        if (!call.contentType().startsWith("application/merge-patch"))
            throw new Refusal(415, "UnsupportedMediaType", call.contentType() + " is not understood here");
        synchronized (store) {
            return save(Store.key(call), (ObjectNode) Json.merge(existing(call), call.body()), call);
        }
    }

    private ObjectNode delete(Call call) {
        synchronized (store) {
            var there = existing(call);
            controllers.deleted(Store.key(call), there);
            return there;
        }
    }

    /// As the Job controller and the garbage collector do, one after another.
    List<Long> passDeadlines() {
        var passed = new ArrayList<Long>();
        synchronized (store) {
            for (var job : store.list(JOBS, "")) {
                if (!job.at("/spec/activeDeadlineSeconds").isNumber() || job.at("/spec/ttlSecondsAfterFinished").asInt(-1) != 0) continue;
                passed.add(job.at("/spec/activeDeadlineSeconds").asLong());
                store.remove(new Key(JOBS, job.at("/metadata/namespace").asText(), job.at("/metadata/name").asText()));
                for (var resource : List.of("networking.k8s.io/networkpolicies", "/pods"))
                    for (var object : store.list(resource, job.at("/metadata/namespace").asText()))
                        if (object.at("/metadata/ownerReferences/0/uid").equals(job.at("/metadata/uid")))
                            controllers.deleted(
                                new Key(resource, object.at("/metadata/namespace").asText(), object.at("/metadata/name").asText()), object);
            }
        }
        return passed;
    }

    static ArrayNode array(List<String> texts) {
        var array = Json.MAPPER.createArrayNode();
        texts.forEach(array::add);
        return array;
    }
}
