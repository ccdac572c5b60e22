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
    private NeedReader() {}

    /// @param manifest what was read of the sources, valid
    /// @param defaultNamespace of objects that name none
    /// @param platform the namespaces of those who dial the application and are not among its manifests
    public static Needs read(Manifest manifest, List<Source> sources, String defaultNamespace, Map<Party.Role, String> platform) {
        var objects = WrittenObject.all(sources, defaultNamespace);
        var operated = OperatedPods.of(objects);
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
        var collected = new Collected();
        var places = new PlatformPlaces(templates, platform);
        var mentions =
            new MentionReader(new Names(services, namespaces, templates, RouteReader.published(objects)), collected);
        var containers = new ContainerReader(new ConfigObjects(objects), mentions, collected);
        templates.forEach(containers::read);
        var backends = new Backends(services, collected);
        operated.forEach(t -> OperatedPods.read(t, mentions, backends));
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
        return new Needs(collected.needs(), collected.unproven(), places.assumed(), collected.listening(), workloads,
            operated.stream().flatMap(t -> t.pods().stream()).toList());
    }
}
