package dev.lockdown.manifest;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.yaml.Documents;
import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.yaml.Source;
import dev.lockdown.manifest.yaml.Syntax;
import dev.lockdown.manifest.yaml.Value;
import dev.lockdown.manifest.yaml.Yaml;
import dev.lockdown.manifest.yaml.YamlProblems;
import dev.lockdown.state.Change;
import dev.lockdown.state.Namespace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads objects one after another into a manifest; refuses one that is there twice. Tells the mistakes of all objects at once.
final class ObjectReader {
    private static final String[] FIELDS = {"apiVersion", "kind", "metadata", "spec", "status", "$patch"};
    private static final NamespacedName API = new NamespacedName("default", "kubernetes");

    private final String defaultNamespace;
    private final boolean policiesOnly;
    private final Map<String, Position> seen = new HashMap<>();
    private final ManifestNotes notes = new ManifestNotes();
    private final Drafts drafts = new Drafts(notes);
    private final List<ManifestException> problems = new ArrayList<>();

    ObjectReader(String defaultNamespace, boolean policiesOnly) {
        this.defaultNamespace = defaultNamespace;
        this.policiesOnly = policiesOnly;
    }

    void read(Source source) {
        orKeep(() -> {
            for (var document : Documents.of(source)) {
                if (source.mayBeAnything() && !looksLikeAnObject(document.root()))
                    notes.note(document.root().at(), "", "",
                        "this is no Kubernetes object (it has neither apiVersion nor kind); it is left out");
                else
                    orKeep(() -> read(document.root(), document.text(), source, null, 0));
            }
        });
    }

    /// @throws ManifestException for everything that was wrong
    Manifest manifest() {
        var resources = new ArrayList<Resource>();
        orKeep(() -> resources.addAll(drafts.resources()));
        if (!problems.isEmpty()) throw ManifestException.ofAll(problems);
        return new Manifest(UndeclaredPorts.add(resources, notes), notes.all(), drafts.addresses());
    }

    /// @throws ManifestException for the first item of a list that is wrong
    void requireSound() {
        if (!problems.isEmpty()) throw problems.getFirst();
    }

    private void orKeep(Runnable reading) {
        try {
            reading.run();
        } catch (ManifestException e) {
            problems.add(e);
        }
    }

    private static boolean looksLikeAnObject(Yaml root) {
        return root instanceof Yaml.Mapping mapping
            && (mapping.entries().containsKey("kind") || mapping.entries().containsKey("apiVersion"));
    }

    /// @param implied the kind where the object names none, being an item of a list of that kind
    void read(Yaml node, String text, Source source, @Nullable Kind implied, int depth) {
        if (!(node instanceof Yaml.Mapping mapping)) throw ObjectProblems.notAnObject(node);
        var root = new Fields(mapping, "the object");
        if (implied != null && root.get("kind") == null && root.get("apiVersion") == null) {
            object(implied, new Fields(mapping, implied.word()), text);
            return;
        }
        if (!looksLikeAnObject(node)) throw ObjectProblems.notKubernetes(root);
        if (root.get("kind") == null && root.get("items") != null) throw ObjectProblems.cutOff(root.at());
        var word = root.need("kind", "kind: NetworkPolicy");
        var items = Kind.ofItems(word.text());
        if (items != null || word.text().equals("List")) {
            if (depth > 3) throw YamlProblems.tooDeep(node.at(), 3);
            for (var item : new Fields(mapping, word.text()).only("apiVersion", "kind", "metadata", "items").items("items"))
                orKeep(() -> read(item.node(), source.alone(item.node().span()), source, items, depth + 1));
            return;
        }
        var version = root.need("apiVersion", "apiVersion: " + Kind.usualVersion(word.text()));
        if (ForeignPolicies.include(Kind.group(version.text()), word.text())) {
            var name = nameOf(root);
            // Calico keeps a copy of each NetworkPolicy under this prefix.
            if (!name.startsWith("knp.")) notes.unseen(root.at(), word.text(), name);
            return;
        }
        var kind = Kind.of(word, version);
        if (policiesOnly && kind.filter(k -> k == Kind.NETWORK_POLICY).isEmpty()) throw ObjectProblems.notAPolicy(word);
        var fields = new Fields(mapping, word.text());
        if (kind.isPresent()) object(kind.get(), fields, text);
        else other(word, version, fields, text);
    }

    /// An object of a kind that nobody here knows: it may make pods, and it may own what does.
    private void other(Value kind, Value version, Fields root, String text) {
        if (version.text().startsWith("kustomize.config.k8s.io/") && kind.text().equals("Kustomization"))
            throw ObjectProblems.kustomization(root.at());
        if (WorkloadReader.hasTemplate(root)) {
            workload(root, text);
            return;
        }
        notes.skip(kind.text());
        if (root.get("metadata") instanceof Value metadata && metadata.node() instanceof Yaml.Mapping && !nameOf(root).isEmpty())
            drafts.know(Identity.of(kind.text(), new NamespacedName(namespaceOf(root), nameOf(root)), root));
    }

    private void object(Kind kind, Fields root, String text) {
        if (kind != Kind.ENDPOINT_SLICE && kind != Kind.ENDPOINTS) root.only(FIELDS);
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
            case POD -> pod(root, text);
            case DEPLOYMENT, STATEFUL_SET, DAEMON_SET, REPLICA_SET, REPLICATION_CONTROLLER, JOB, CRON_JOB -> workload(root, text);
            case ENDPOINT_SLICE -> {
                var metadata = Metadata.read(root, Syntax.SUBDOMAIN);
                drafts.add(new EndpointsReader(notes).slice(named(kind.word(), metadata, root), metadata, root));
            }
            case ENDPOINTS ->
                drafts.add(new EndpointsReader(notes).subsets(named(kind.word(), Metadata.read(root, Syntax.SUBDOMAIN), root), root));
            case LIST -> throw new IllegalStateException("a list was not unfolded");
        }
    }

    private static String nameOf(Fields root) {
        return textIn(root, "name");
    }

    private String namespaceOf(Fields root) {
        var namespace = textIn(root, "namespace");
        return namespace.isEmpty() ? defaultNamespace : namespace;
    }

    private static String textIn(Fields root, String field) {
        return root.get("metadata") instanceof Value metadata && metadata.node() instanceof Yaml.Mapping
            && metadata.fields().get(field) instanceof Value value && value.isString() ? value.text() : "";
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
            case DEPLOYMENT, STATEFUL_SET, DAEMON_SET, REPLICA_SET, REPLICATION_CONTROLLER, JOB, CRON_JOB, ENDPOINT_SLICE, ENDPOINTS,
                LIST ->
                throw ObjectProblems.notDeletable(root.at(), kind.word());
        };
        once("deletion of " + kind.word() + " " + name, root);
        drafts.add(new Draft.Ready(new Resource.Deletion(change, root.at(), text)));
    }

    private void namespace(Fields root, String text) {
        var metadata = Metadata.read(root, Syntax.LABEL);
        if (metadata.namespace() != null) throw ObjectProblems.namespaceInNamespace(metadata.namespace());
        root.find("spec").ifPresent(spec -> spec.fields().only("finalizers"));
        once("Namespace " + metadata.name(), root);
        drafts.add(new Draft.Ready(new Resource.OfNamespace(new Namespace(metadata.name(), metadata.labels()), root.at(), text)));
    }

    private void service(Fields root, String text) {
        var metadata = Metadata.read(root, Syntax.DNS_LABEL);
        var name = named("Service", metadata, root);
        if (name.equals(API)) {
            notes.note(root.at(), "Service", name, "Service %s is the API's own; the test cluster has one, and keeps it".formatted(name));
            return;
        }
        drafts.add(new Draft.Ready(new Resource.OfService(new ServiceReader(name, notes).read(root, metadata), root.at(), text)));
    }

    private void policy(Fields root, String text) {
        var metadata = Metadata.read(root, Syntax.SUBDOMAIN);
        requireNamespace(metadata);
        var name = named("NetworkPolicy", metadata, root);
        drafts.add(new Draft.Ready(new Resource.OfPolicy(new PolicyReader(name, notes).read(root), root.at(), text)));
    }

    private void workload(Fields root, String text) {
        var name = named(root.path(), Metadata.read(root, Syntax.SUBDOMAIN), root);
        var identity = Identity.of(root.path(), name, root);
        drafts.know(identity);
        drafts.add(new WorkloadReader(notes).read(identity, root, text));
    }

    private void pod(Fields root, String text) {
        var metadata = Metadata.read(root, Syntax.SUBDOMAIN);
        var name = metadata.in(defaultNamespace);
        var identity = Identity.of("Pod", name, root);
        var pod = new PodReader(notes).read(name, metadata.labels(), root);
        drafts.add(new Draft.GivenPod(identity, pod, PodStatus.phase(root), PodStatus.addresses(root), root.at(), text));
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
