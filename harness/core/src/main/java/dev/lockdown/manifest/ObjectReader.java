package dev.lockdown.manifest;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Change;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads objects one after another into a manifest; refuses one that is there twice.
final class ObjectReader {
    private static final String[] FIELDS = {"apiVersion", "kind", "metadata", "spec", "status", "$patch"};

    private final String defaultNamespace;
    private final boolean policiesOnly;
    private final List<Resource> resources = new ArrayList<>();
    private final Map<String, Position> seen = new HashMap<>();
    private final ManifestNotes notes = new ManifestNotes();

    ObjectReader(String defaultNamespace, boolean policiesOnly) {
        this.defaultNamespace = defaultNamespace;
        this.policiesOnly = policiesOnly;
    }

    void read(Source source) {
        for (var document : YamlComposer.documents(source)) read(document.root(), document.text(), source, null, 0);
    }

    Manifest manifest() {
        return new Manifest(resources, notes.all());
    }

    /// @param implied the kind where the object names none, being an item of a list of that kind
    private void read(Yaml node, String text, Source source, @Nullable Kind implied, int depth) {
        if (!(node instanceof Yaml.Mapping mapping)) throw ObjectProblems.notAnObject(node);
        var root = new Fields(mapping, "the object");
        if (implied != null && root.get("kind") == null && root.get("apiVersion") == null) {
            object(implied, new Fields(mapping, implied.word()), text);
            return;
        }
        var word = root.need("kind", "kind: NetworkPolicy");
        var items = Kind.ofItems(word.text());
        if (items != null || word.text().equals("List")) {
            if (depth > 3) throw YamlProblems.tooDeep(node.at(), 3);
            for (var item : new Fields(mapping, word.text()).only("apiVersion", "kind", "metadata", "items").items("items"))
                read(item.node(), source.alone(item.node().span()), source, items, depth + 1);
            return;
        }
        var kind = Kind.of(word, root.need("apiVersion", "apiVersion: " + Kind.usualVersion(word.text())));
        if (policiesOnly && kind.filter(k -> k == Kind.NETWORK_POLICY).isEmpty()) throw ObjectProblems.notAPolicy(word);
        if (kind.isEmpty()) notes.skip(node.at(), word.text());
        else object(kind.get(), new Fields(mapping, word.text()), text);
    }

    private void object(Kind kind, Fields root, String text) {
        root.only(FIELDS);
        if (Metadata.isGoing(root)) {
            deletion(kind, root, text);
            return;
        }
        if (Metadata.isTerminating(root))
            notes.note(root.at(), kind.word(), nameOf(root),
                "this %s is being deleted (deletionTimestamp) and counts as still there; $patch: delete deletes it"
                    .formatted(kind.word()));
        switch (kind) {
            case NAMESPACE -> namespace(root, text);
            case SERVICE -> service(root, text);
            case NETWORK_POLICY -> policy(root, text);
            case POD -> {
                var metadata = Metadata.read(root, Syntax.SUBDOMAIN);
                pod(PodReader.read(metadata.in(defaultNamespace), metadata.labels(), root), false, root, text);
            }
            case DEPLOYMENT, STATEFUL_SET, DAEMON_SET, REPLICA_SET, JOB -> workload(kind, root, text);
            case LIST -> throw new IllegalStateException("a list was not unfolded");
        }
    }

    private static String nameOf(Fields root) {
        return root.find("metadata").flatMap(m -> m.fields().find("name")).map(Value::text).orElse("");
    }

    private void deletion(Kind kind, Fields root, String text) {
        var metadata = Metadata.read(root, Syntax.SUBDOMAIN);
        requireNamespace(metadata);
        var name = metadata.in(defaultNamespace);
        var change = switch (kind) {
            case NAMESPACE -> new Change.DeleteNamespace(metadata.name());
            case SERVICE -> new Change.DeleteService(name);
            case NETWORK_POLICY -> new Change.DeletePolicy(name);
            case POD -> new Change.StopPod(name);
            case DEPLOYMENT, STATEFUL_SET, DAEMON_SET, REPLICA_SET, JOB, LIST -> throw ObjectProblems.notDeletable(root.at(), kind.word());
        };
        once("deletion of " + kind.word() + " " + name, root);
        resources.add(new Resource.Deletion(change, root.at(), text));
    }

    private void namespace(Fields root, String text) {
        var metadata = Metadata.read(root, Syntax.LABEL);
        if (metadata.namespace() != null) throw ObjectProblems.namespaceInNamespace(metadata.namespace());
        root.find("spec").ifPresent(spec -> spec.fields().only("finalizers"));
        once("Namespace " + metadata.name(), root);
        resources.add(new Resource.OfNamespace(new Namespace(metadata.name(), metadata.labels()), root.at(), text));
    }

    private void service(Fields root, String text) {
        var metadata = Metadata.read(root, Syntax.DNS_LABEL);
        var name = named("Service", metadata, root);
        new ServiceReader(name, notes).read(root, metadata).ifPresent(s -> resources.add(new Resource.OfService(s, root.at(), text)));
    }

    private void policy(Fields root, String text) {
        var metadata = Metadata.read(root, Syntax.SUBDOMAIN);
        requireNamespace(metadata);
        var name = named("NetworkPolicy", metadata, root);
        resources.add(new Resource.OfPolicy(new PolicyReader(name, notes).read(root), root.at(), text));
    }

    private void workload(Kind kind, Fields root, String text) {
        var name = named(kind.word(), Metadata.read(root, Syntax.SUBDOMAIN), root);
        var pods = WorkloadReader.read(kind, name, root);
        if (pods.isEmpty()) notes.note(root.at(), kind.word(), name, "%s %s asks for no pods".formatted(kind.word(), name));
        for (var pod : pods) pod(pod, kind == Kind.DAEMON_SET, root, text);
    }

    private void pod(Pod pod, boolean everyNode, Fields root, String text) {
        once("pod " + pod.name(), root);
        resources.add(new Resource.OfPod(pod, everyNode, root.at(), text));
    }

    /// Policies that a step applies to a namespace are for that namespace and no other.
    private void requireNamespace(Metadata metadata) {
        if (policiesOnly && metadata.namespace() != null && !metadata.namespace().text().equals(defaultNamespace))
            throw ObjectProblems.otherNamespace(metadata.namespace(), defaultNamespace);
    }

    private NamespacedName named(String kind, Metadata metadata, Fields root) {
        var name = metadata.in(defaultNamespace);
        once(kind + " " + name, root);
        return name;
    }

    private void once(String what, Fields root) {
        var first = seen.putIfAbsent(what, root.at());
        if (first != null) throw ObjectProblems.twice(root.at(), what, first);
    }
}
