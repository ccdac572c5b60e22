package dev.lockdown.table;

import dev.lockdown.cluster.ApiKind;
import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.ObjectLister;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.ForeignPolicies;
import dev.lockdown.manifest.Manifest;
import dev.lockdown.manifest.Manifests;
import dev.lockdown.manifest.Note;
import dev.lockdown.manifest.Resource;
import dev.lockdown.manifest.yaml.Source;
import dev.lockdown.policy.Selectors;
import dev.lockdown.state.InputException;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NearestWord;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.Pod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The state of a cluster that is there, read as a dump of it would be: some namespaces as a whole, and of the others what their policies
/// speak of.
///
/// ```java
/// var live = LiveState.of(KubernetesLister.of(access), Set.of("shop"));
/// // live.manifest() has the objects of shop, and the pods and policies of those whom shop's policies name
/// ```
///
/// @param scope what can be asked about it
public record LiveState(Manifest manifest, Scope scope) {
    private static final ApiKind NAMESPACES = new ApiKind("", "v1", "namespaces", "Namespace", false);
    private static final ApiKind PODS = ApiKind.of("v1", "Pod");
    private static final ApiKind SERVICES = ApiKind.of("v1", "Service");
    private static final ApiKind POLICIES = ApiKind.of("networking.k8s.io/v1", "NetworkPolicy");
    /// Without any of these an answer would be made up.
    private static final List<ApiKind> NEEDED = List.of(PODS, SERVICES, POLICIES, ApiKind.of("discovery.k8s.io/v1", "EndpointSlice"));
    /// These name the pods' workloads, and have those that have no pods.
    private static final List<ApiKind> WORKLOADS = List.of(ApiKind.of("apps/v1", "Deployment"), ApiKind.of("apps/v1", "StatefulSet"),
        ApiKind.of("apps/v1", "DaemonSet"), ApiKind.of("apps/v1", "ReplicaSet"), ApiKind.of("v1", "ReplicationController"),
        ApiKind.of("batch/v1", "Job"), ApiKind.of("batch/v1", "CronJob"));
    private static final String DNS = "kube-system";
    private static final int SHOWN = 12;

    /// @param namespaces to be asked about; none for all
    /// @throws EnvironmentException if something may not be read without which there is no answer, with the rule to add
    /// @throws InputException if there is no such namespace
    public static LiveState of(ObjectLister cluster, Set<String> namespaces) {
        return new Reading(cluster, new TreeSet<>(namespaces)).read();
    }

    /// One reading of a cluster.
    private static final class Reading {
        private final ObjectLister cluster;
        private final Set<String> asked;
        private final List<Source> sources = new ArrayList<>();
        private final List<Note> notes = new ArrayList<>();
        /// Where what may not be listed, by who would have to grant it.
        private final Map<String, Set<ApiKind>> denied = new TreeMap<>();

        Reading(ObjectLister cluster, Set<String> asked) {
            this.cluster = cluster;
            this.asked = asked;
        }

        LiveState read() {
            var namespaces = namespaces();
            var policies = new ArrayList<NetworkPolicy>();
            var scopes = asked.isEmpty() ? Set.of("") : asked;
            for (var namespace : scopes) {
                for (var kind : NEEDED) {
                    var listed = list(kind, namespace);
                    if (kind.equals(POLICIES)) policies.addAll(Manifests.readAll(listed, "default").policies());
                }
            }
            requireRead();
            for (var namespace : scopes) for (var kind : WORKLOADS) list(kind, namespace);
            note("workloads are not told apart by their names, and those without pods are not seen");
            var neighbours = asked.isEmpty() ? Set.<String>of() : neighbours(namespaces, policies);
            boolean isWhole = true;
            for (var namespace : neighbours) {
                list(PODS, namespace);
                list(POLICIES, namespace);
                if (namespace.equals(DNS)) list(SERVICES, namespace);
            }
            if (note("the policies speak of pods there, and what they say of them is not seen")) isWhole = false;
            if (namespaces.isEmpty()) isWhole = false;
            foreign(scopes, neighbours);
            var read = Manifests.readAll(sources, "default");
            notes.addAll(0, read.notes());
            var kept = read.resources().stream().filter(r -> isKept(r, neighbours)).toList();
            var manifest = new Manifest(kept, notes, read.addresses());
            return new LiveState(manifest, new Scope(asked, asked.isEmpty() ? Set.of() : spokenOf(policies, kept, neighbours), isWhole));
        }

        /// Of the Services elsewhere only DNS is asked, since policies speak of it.
        private boolean isKept(Resource resource, Set<String> neighbours) {
            return !(resource instanceof Resource.OfService(var service, _, _)) || !neighbours.contains(service.name().namespace())
                || service.name().equals(ClusterDefaults.DNS);
        }

        private Map<String, Namespace> namespaces() {
            var read = Manifests.readAll(list(NAMESPACES, ""), "default");
            var all = new TreeMap<String, Namespace>();
            for (var resource : read.resources())
                if (resource instanceof Resource.OfNamespace(var namespace, _, _)) all.put(namespace.name(), namespace);
            note("the labels of namespaces are not known, and peers in other namespaces are not seen");
            for (var namespace : asked) if (!all.isEmpty() && !all.containsKey(namespace)) throw noNamespace(namespace, all.keySet());
            return all;
        }

        private InputException noNamespace(String name, Collection<String> known) {
            var shown = known.stream().sorted(NaturalOrder.INSTANCE).limit(SHOWN).collect(Collectors.joining(", "));
            return new InputException("the cluster at %s has no namespace \"%s\"; %sthere are: %s%s".formatted(cluster.description(), name,
                NearestWord.of(name, known).map(n -> "did you mean %s? ".formatted(n)).orElse(""), shown,
                known.size() > SHOWN ? " and %s more".formatted(known.size() - SHOWN) : ""));
        }

        private List<Source> list(ApiKind kind, String namespace) {
            return switch (cluster.list(kind, namespace)) {
                case ObjectLister.Objects(var found) -> {
                    sources.addAll(found);
                    yield found;
                }
                case ObjectLister.Denied _ -> {
                    denied.computeIfAbsent(namespace, _ -> new LinkedHashSet<>()).add(kind);
                    yield List.of();
                }
            };
        }

        private void requireRead() {
            if (denied.isEmpty()) return;
            throw new EnvironmentException("%s; add to a %s of this user:\n%s".formatted(words(), denied.containsKey("") ? "ClusterRole"
                : "Role", rules("\n")), null);
        }

        /// Say what could not be read, and begin anew.
        ///
        /// @return whether there was anything to say
        private boolean note(String consequence) {
            if (denied.isEmpty()) return false;
            notes.add(new Note(Note.Grade.WARNING, kinds(), "", null, "%s: %s; add to its rights: %s".formatted(words(), consequence,
                rules(" "))));
            denied.clear();
            return true;
        }

        private String kinds() {
            return denied.values().stream().flatMap(Set::stream).map(ApiKind::kind).distinct().collect(Collectors.joining(", "));
        }

        private String words() {
            return "this user may not list " + denied.entrySet().stream().map(e -> "%s%s".formatted(e.getValue().stream()
                .map(ApiKind::resource).collect(Collectors.joining(", ")), e.getKey().isEmpty() ? "" : " of namespace " + e.getKey()))
                .collect(Collectors.joining("; "));
        }

        private String rules(String between) {
            var byGroup = new LinkedHashMap<String, Set<String>>();
            denied.values().forEach(kinds -> kinds
                .forEach(k -> byGroup.computeIfAbsent(k.group(), _ -> new LinkedHashSet<>()).add(k.resource())));
            return byGroup.entrySet().stream().map(e -> "- {apiGroups: [\"%s\"], resources: [%s], verbs: [list]}".formatted(e.getKey(),
                String.join(", ", e.getValue()))).collect(Collectors.joining(between));
        }

        /// The other namespaces that the policies speak of.
        private Set<String> neighbours(Map<String, Namespace> namespaces, List<NetworkPolicy> policies) {
            var found = new TreeSet<String>();
            for (var peer : peers(policies))
                if (peer.namespaceSelector() != null)
                    namespaces.values().stream().filter(n -> Selectors.matches(peer.namespaceSelector(), n.labels()))
                        .map(Namespace::name).filter(n -> !asked.contains(n)).forEach(found::add);
            return found;
        }

        private static List<Peer.Pods> peers(List<NetworkPolicy> policies) {
            return policies.stream().flatMap(p -> p.types().stream().flatMap(d -> p.rules(d).stream())).flatMap(r -> r.peers().stream())
                .filter(Peer.Pods.class::isInstance).map(Peer.Pods.class::cast).distinct().toList();
        }

        private Set<NamespacedName> spokenOf(List<NetworkPolicy> policies, List<Resource> read, Set<String> neighbours) {
            var labels = read.stream().filter(Resource.OfNamespace.class::isInstance)
                .map(r -> ((Resource.OfNamespace) r).namespace()).collect(Collectors.toMap(Namespace::name, Namespace::labels));
            var peers = peers(policies);
            var pods = new LinkedHashSet<NamespacedName>();
            for (var resource : read)
                if (resource instanceof Resource.OfPod(var pod, _, _, _) && neighbours.contains(pod.name().namespace()) && peers.stream()
                    .anyMatch(p -> means(p, pod, labels.getOrDefault(pod.name().namespace(), Map.of()))))
                    pods.add(pod.name());
            return pods;
        }

        /// Whether a peer means a pod of another namespace.
        private static boolean means(Peer.Pods peer, Pod pod, Map<String, String> namespace) {
            return peer.namespaceSelector() != null && Selectors.matches(peer.namespaceSelector(), namespace)
                && (peer.podSelector() == null || Selectors.matches(peer.podSelector(), pod.labels()));
        }

        /// What else decides over flows, so that it can be refused as in manifests.
        private void foreign(Set<String> scopes, Set<String> neighbours) {
            for (var kind : cluster.kinds(k -> ForeignPolicies.include(k.group(), k.kind()))) {
                if (!kind.isNamespaced()) foreign(kind, "");
                else {
                    scopes.forEach(n -> foreign(kind, n));
                    neighbours.forEach(n -> foreign(kind, n));
                }
            }
        }

        private void foreign(ApiKind kind, String namespace) {
            list(kind, namespace);
            if (denied.isEmpty()) return;
            notes.add(new Note(Note.Grade.UNSEEN, kind.kind(), "", null,
                "%s, and they may decide over flows; add to its rights: %s".formatted(words(), rules(" "))));
            denied.clear();
        }
    }
}
