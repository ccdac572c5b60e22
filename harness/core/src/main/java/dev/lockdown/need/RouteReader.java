package dev.lockdown.need;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.Yaml;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Reads who sends to the application from the edge of the cluster: Ingresses, routes of the Gateway API, Routes of OpenShift.
final class RouteReader {
    private static final String GATEWAY = "gateway.networking.k8s.io";
    private static final String[] ROUTES = {"HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"};

    private final PlatformPlaces places;
    private final Backends backends;
    private final Map<NamespacedName, String> gatewayClasses = new HashMap<>();

    RouteReader(List<WrittenObject> objects, PlatformPlaces places, Backends backends) {
        this.places = places;
        this.backends = backends;
        for (var object : objects)
            if (object.is(GATEWAY, "Gateway"))
                gatewayClasses.put(object.name(),
                    WrittenObject.mapping(object.root(), "spec").flatMap(s -> WrittenObject.text(s, "gatewayClassName")).orElse(""));
    }

    /// The hosts under which the application is known outside.
    static Set<String> published(List<WrittenObject> objects) {
        var hosts = new TreeSet<String>();
        for (var object : objects) {
            var spec = WrittenObject.mapping(object.root(), "spec");
            if (spec.isEmpty()) continue;
            if (object.is("networking.k8s.io", "Ingress"))
                WrittenObject.mappings(spec.get(), "rules").forEach(r -> WrittenObject.text(r, "host").ifPresent(hosts::add));
            if (object.is(GATEWAY, ROUTES))
                WrittenObject.items(spec.get(), "hostnames").stream().map(v -> v.node())
                    .forEach(n -> {
                        if (n instanceof Yaml.Scalar s) hosts.add(s.value());
                    });
            if (object.is("route.openshift.io", "Route")) WrittenObject.text(spec.get(), "host").ifPresent(hosts::add);
        }
        return hosts;
    }

    void read(WrittenObject object) {
        WrittenObject.mapping(object.root(), "spec").ifPresent(spec -> {
            if (object.is("networking.k8s.io", "Ingress") || object.is("extensions", "Ingress")) ingress(object, spec);
            if (object.is(GATEWAY, ROUTES)) route(object, spec);
            if (object.is("route.openshift.io", "Route")) openShift(object, spec);
        });
    }

    private void ingress(WrittenObject object, Fields spec) {
        var word = WrittenObject.text(spec, "ingressClassName").or(() -> WrittenObject.mapping(object.root(), "metadata", "annotations")
            .flatMap(a -> WrittenObject.text(a, "kubernetes.io/ingress.class"))).orElse("");
        WrittenObject.mapping(spec, "defaultBackend").ifPresent(b -> backend(object, b, word, "defaultBackend"));
        for (var rule : WrittenObject.mappings(spec, "rules")) WrittenObject.mapping(rule, "http").ifPresent(http -> {
            for (var path : WrittenObject.mappings(http, "paths"))
                WrittenObject.mapping(path, "backend").ifPresent(b -> backend(object, b, word, "rules[].http.paths[].backend"));
        });
    }

    private void backend(WrittenObject object, Fields backend, String word, String field) {
        WrittenObject.mapping(backend, "service").ifPresent(s -> {
            var port = WrittenObject.mapping(s, "port")
                .flatMap(p -> WrittenObject.text(p, "number").or(() -> WrittenObject.text(p, "name"))).orElse("");
            send(object.name().namespace(), WrittenObject.text(s, "name").orElse(""), port, word, Because.of(s.at(), field));
        });
    }

    private void route(WrittenObject object, Fields spec) {
        var parents = WrittenObject.mappings(spec, "parentRefs");
        // A route of a Service is a mesh's: whoever dials the Service, no controller of Gateways.
        if (!parents.isEmpty() && parents.stream().allMatch(p -> WrittenObject.text(p, "kind").orElse("").equals("Service"))) return;
        var word = parents.stream().map(p -> gatewayClasses.getOrDefault(
            new NamespacedName(WrittenObject.text(p, "namespace").orElse(object.name().namespace()),
                WrittenObject.text(p, "name").orElse("-")),
            "")).findFirst().orElse("");
        for (var rule : WrittenObject.mappings(spec, "rules"))
            for (var backend : WrittenObject.mappings(rule, "backendRefs"))
                if (WrittenObject.text(backend, "kind").orElse("Service").equals("Service"))
                    send(WrittenObject.text(backend, "namespace").orElse(object.name().namespace()),
                        WrittenObject.text(backend, "name").orElse(""), WrittenObject.text(backend, "port").orElse(""), word,
                        Because.of(backend.at(), "rules[].backendRefs[]"));
    }

    private void openShift(WrittenObject object, Fields spec) {
        var port = WrittenObject.mapping(spec, "port").flatMap(p -> WrittenObject.text(p, "targetPort")).orElse("");
        WrittenObject.mapping(spec, "to").ifPresent(to -> send(object.name().namespace(), WrittenObject.text(to, "name").orElse(""), port,
            "openshift", Because.of(to.at(), "to")));
        for (var other : WrittenObject.mappings(spec, "alternateBackends"))
            send(object.name().namespace(), WrittenObject.text(other, "name").orElse(""), port, "openshift",
                Because.of(other.at(), "alternateBackends[]"));
    }

    private void send(String namespace, String service, String port, String word, Because because) {
        if (service.isEmpty()) return;
        var name = new NamespacedName(namespace, service);
        var sources =
            backends.service(name).map(s -> places.leadingTo(s, word)).orElseGet(() -> places.of(Party.Role.INGRESS, word));
        for (var from : sources) backends.send(from, name, port, Purpose.INGRESS, because);
    }
}
