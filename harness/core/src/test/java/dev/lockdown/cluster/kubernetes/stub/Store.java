package dev.lockdown.cluster.kubernetes.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All objects, with the versions by which writers notice each other. Thread-safe.
final class Store {
    private final TreeMap<String, ObjectNode> objects = new TreeMap<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final List<Event> history = new ArrayList<>();
    private long version = 1000;
    private long uids;

    private record Event(long version, String type, Key key, ObjectNode object) {}

    /// Hears of every change.
    interface Listener {
        void changed(String type, Key key, ObjectNode object);
    }

    /// @param resource with its group: `apps/deployments`, `/pods`
    /// @param namespace empty where there is none
    record Key(String resource, String namespace, String name) {
        private String text() {
            return "%s %s %s".formatted(resource, namespace, name);
        }
    }

    static Key key(Call call) {
        return new Key(call.group() + "/" + call.resource().split("/")[0], call.namespace(), call.name());
    }

    synchronized @Nullable ObjectNode get(Key key) {
        var there = objects.get(key.text());
        return there == null ? null : there.deepCopy();
    }

    /// @param namespace empty for all
    synchronized List<ObjectNode> list(String resource, String namespace) {
        var from = resource + " " + (namespace.isEmpty() ? "" : namespace + " ");
        return objects.subMap(from, from + Character.MAX_VALUE).values().stream().map(ObjectNode::deepCopy).toList();
    }

    /// Everything there is.
    synchronized Stream<ObjectNode> all() {
        return List.copyOf(objects.values()).stream();
    }

    synchronized long version() {
        return version;
    }

    synchronized ObjectNode put(Key key, ObjectNode object) {
        var metadata = Json.metadata(object);
        var there = objects.get(key.text());
        metadata.put("name", key.name);
        if (!key.namespace.isEmpty()) metadata.put("namespace", key.namespace);
        if (there != null) metadata.put("uid", there.at("/metadata/uid").asText());
        else if (!metadata.has("uid")) metadata.put("uid", "00000000-0000-0000-0000-%012d".formatted(++uids));
        metadata.put("resourceVersion", Long.toString(++version));
        objects.put(key.text(), object.deepCopy());
        tell(there == null ? "ADDED" : "MODIFIED", key, object);
        return object;
    }

    /// Change what is there; nothing where it is gone.
    synchronized @Nullable ObjectNode change(Key key, UnaryOperator<ObjectNode> how) {
        var there = get(key);
        return there == null ? null : put(key, how.apply(there));
    }

    synchronized @Nullable JsonNode remove(Key key) {
        var gone = objects.remove(key.text());
        version++;
        if (gone != null) Json.metadata(gone).put("resourceVersion", Long.toString(version));
        if (gone != null) tell("DELETED", key, gone);
        return gone;
    }

    private void tell(String type, Key key, ObjectNode object) {
        history.add(new Event(version, type, key, object.deepCopy()));
        listeners.forEach(l -> l.changed(type, key, object));
    }

    /// @param since a version; what has changed after it is told first; 0 for nothing
    synchronized void add(Listener listener, long since) {
        if (since > 0) history.stream().filter(e -> e.version > since).forEach(e -> listener.changed(e.type, e.key, e.object));
        listeners.add(listener);
    }

    synchronized void remove(Listener listener) {
        listeners.remove(listener);
    }
}
