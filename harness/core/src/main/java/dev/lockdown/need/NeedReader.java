package dev.lockdown.need;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.Manifest;
import dev.lockdown.manifest.Resource;
import dev.lockdown.manifest.yaml.Source;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads what the manifests of an application say that it needs.
///
/// ```java
/// var sources = Manifests.sources(input, searchPath);
/// var needs = NeedReader.read(Manifests.readAll(sources, "shop"), sources, "shop", Map.of());
/// needs.needs().forEach(n -> System.out.println(n + " because " + n.because()));
/// ```
public final class NeedReader {
    /// What is read here, or has nothing to say of flows.
    private static final Set<String> KINDS = Set.of("APIService", "Alertmanager", "ClusterRole", "ClusterRoleBinding", "ConfigMap",
        "Cluster", "CustomResourceDefinition", "Elasticsearch", "Kafka", "KafkaBridge", "KafkaConnect", "KafkaNodePool", "KafkaTopic",
        "KafkaUser",
        "Kibana", "MongoDBCommunity", "RabbitmqCluster", "GRPCRoute", "Gateway", "GatewayClass", "HTTPRoute", "HorizontalPodAutoscaler",
        "Ingress",
        "IngressClass",
        "LimitRange", "MutatingWebhookConfiguration", "Needs", "PersistentVolume", "PersistentVolumeClaim", "PodDisruptionBudget",
        "PodMonitor",
        "PriorityClass", "Prometheus", "PrometheusAgent", "PrometheusRule", "ResourceQuota", "Role", "RoleBinding", "Route", "Secret",
        "ServiceAccount", "ServiceMonitor", "StorageClass", "TCPRoute", "TLSRoute", "ThanosRuler", "UDPRoute",
        "ValidatingWebhookConfiguration", "ConfigMapList", "RoleList", "RoleBindingList", "SecretList", "ServiceAccountList");

    private NeedReader() {}

    /// Whether nothing is passed over where manifests have these kinds.
    ///
    /// @param kinds with commas between them
    public static boolean reads(String kinds) {
        return KINDS.containsAll(List.of(kinds.split(", ")));
    }

    /// What is typed wins over what is written.
    private static Map<Party.Role, String> given(Map<Party.Role, String> typed, List<WrittenObject> objects) {
        var all = DeclaredReader.platform(objects);
        all.putAll(typed);
        return all;
    }

    /// @param manifest what was read of the sources, valid
    /// @param defaultNamespace of objects that name none
    /// @throws dev.lockdown.manifest.yaml.ManifestException for all that is wrong in what was declared
    /// @param platform the namespaces of those who dial the application and are not among its manifests
    public static Needs read(Manifest manifest, List<Source> sources, String defaultNamespace, Map<Party.Role, String> platform) {
        var objects = WrittenObject.all(sources, defaultNamespace);
        var operated = OperatedPods.of(objects, manifest.resources());
        var templates = new ArrayList<>(Template.all(objects, manifest.resources()));
        templates.addAll(operated);
        var services = new TreeMap<NamespacedName, Service>();
        var namespaces = new TreeSet<String>();
        for (var resource : manifest.resources()) {
            if (resource instanceof Resource.OfService(var service, _, _)) {
                services.put(service.name(), service);
                namespaces.add(service.name().namespace());
            }
            if (resource instanceof Resource.OfNamespace(var namespace, _, _)) namespaces.add(namespace.name());
            if (resource instanceof Resource.OfPod(var pod, _, _, _)) namespaces.add(pod.name().namespace());
        }
        objects.forEach(o -> namespaces.add(o.name().namespace()));
        var operators = new Operators(operated, objects);
        var collected = new Collected();
        var places = new PlatformPlaces(templates, given(platform, objects));
        var mentions =
            new MentionReader(
                new Names(services, namespaces, templates, RouteReader.published(objects), operators.services(),
                    DeclaredReader.hosts(objects)),
                operators,
                collected);
        var containers = new ContainerReader(new ConfigObjects(objects), mentions, collected);
        templates.forEach(containers::read);
        var backends = new Backends(services, operators, collected);
        operated.forEach(t -> OperatedPods.read(t, mentions, backends, collected));
        var routes = new RouteReader(objects, places, backends);
        objects.forEach(routes::read);
        var outside = new OutsideReader(objects, collected);
        services.values().forEach(outside::read);
        var scrapes = new ScrapeReader(templates, new ArrayList<>(services.values()), places, collected);
        scrapes.readAnnotations();
        objects.forEach(scrapes::read);
        new ApiReader(templates, backends, collected).read(objects);
        var workloads =
            templates.stream().map(t -> new Needs.Workload(t.party(), t.pods().stream().map(Pod::name).toList(), t.selector(),
                Because.of(t.object().at(), t.object().kind()))).toList();
        var declared = new DeclaredReader(new DeclaredParties(templates, services.keySet(), places), collected);
        declared.read(objects, templates);
        return new Needs(collected.needs(), collected.unproven(), places.assumed(), collected.listening(), workloads,
            operated.stream().flatMap(t -> t.pods().stream()).toList(), declared.hosts(), declared.platform());
    }
}
