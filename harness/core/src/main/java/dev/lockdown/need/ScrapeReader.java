package dev.lockdown.need;

import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.Value;
import dev.lockdown.manifest.yaml.Yaml;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads whom Prometheus asks for metrics: the annotations `prometheus.io/scrape` of pods and Services, ServiceMonitors and PodMonitors.
///
/// @see <a href="https://prometheus-operator.dev/docs/api-reference/api/">the operator's API</a>
final class ScrapeReader {
    private static final String SCRAPE = "prometheus.io/scrape";
    private static final String PORT = "prometheus.io/port";
    /// Of the Service `kubernetes` in `default`, which the API server makes itself.
    private static final Map<String, String> API_LABELS = Map.of("component", "apiserver", "provider", "kubernetes");

    private final List<Template> templates;
    private final List<Service> services;
    private final PlatformPlaces places;
    private final Collected collected;

    ScrapeReader(List<Template> templates, List<Service> services, PlatformPlaces places, Collected collected) {
        this.templates = templates;
        this.services = services;
        this.places = places;
        this.collected = collected;
    }

    void readAnnotations() {
        for (var template : templates)
            if ("true".equals(template.annotations().get(SCRAPE)))
                annotated(template, template.annotations().get(PORT),
                    Because.of(template.object().root().at(), "metadata.annotations[%s]".formatted(SCRAPE)));
    }

    private void annotated(Template template, @Nullable String port, Because because) {
        var declared = template.pods().getFirst().ports().stream().filter(p -> p.port().protocol() == Protocol.TCP).toList();
        if (port != null && port.matches("[0-9]{1,5}")) scraped(template, new Port(Protocol.TCP, Integer.parseInt(port)), because);
        else if (declared.size() == 1) scraped(template, declared.getFirst().port(), because);
        else
            collected.unproven(new Party.Platform(Party.Role.PROMETHEUS, ""),
                "%s is scraped, and no annotation says on which of its %s ports"
                    .formatted(template.party(), declared.size()),
                "annotate it with %s".formatted(PORT), because);
    }

    void read(WrittenObject object) {
        if (object.is("", "Service")) service(object);
        if (object.is("monitoring.coreos.com", "ServiceMonitor"))
            WrittenObject.mapping(object.root(), "spec").ifPresent(s -> serviceMonitor(object, s));
        if (object.is("monitoring.coreos.com", "PodMonitor"))
            WrittenObject.mapping(object.root(), "spec").ifPresent(s -> podMonitor(object, s));
    }

    private void service(WrittenObject object) {
        var annotations = WrittenObject.texts(WrittenObject.mapping(object.root(), "metadata", "annotations"));
        if (!"true".equals(annotations.get(SCRAPE))) return;
        var because = Because.of(object.at(), "metadata.annotations[%s]".formatted(SCRAPE));
        for (var service : services)
            if (service.name().equals(object.name())) behind(service).forEach(t -> annotated(t, annotations.get(PORT), because));
    }

    private List<Template> behind(Service service) {
        return service.selector().isEmpty() ? List.of() : templates.stream().filter(t -> t.namespace().equals(service.name().namespace())
            && t.pods().getFirst().labels().entrySet().containsAll(service.selector().entrySet())).toList();
    }

    private void serviceMonitor(WrittenObject object, Fields spec) {
        var namespaces = namespaces(object, spec);
        var selected = services.stream().filter(s -> namespaces.test(s.name().namespace()) && isSelected(spec, s.labels())).toList();
        if (selected.isEmpty()) nothing(object, spec, "Service");
        for (var service : selected)
            for (var endpoint : WrittenObject.mappings(spec, "endpoints")) {
                var because = Because.of(endpoint.at(), "endpoints[]");
                var name = WrittenObject.text(endpoint, "port").orElse("");
                for (var port : service.ports())
                    if (name.isEmpty() ? endpoint.get("targetPort") != null && targets(port, endpoint) : port.name().equals(name))
                        for (var template : behind(service))
                            number(port.target(), template.pods().getFirst())
                                .ifPresent(n -> scraped(template, new Port(Protocol.TCP, n), because));
            }
    }

    private static boolean targets(Service.ServicePort port, Fields endpoint) {
        var wanted = WrittenObject.text(endpoint, "targetPort").orElse("");
        return switch (port.target()) {
            case Service.TargetPort.Name(var name) -> name.equals(wanted);
            case Service.TargetPort.Number(var number) -> String.valueOf(number).equals(wanted);
        };
    }

    private void podMonitor(WrittenObject object, Fields spec) {
        var namespaces = namespaces(object, spec);
        var selected = templates.stream().filter(t -> namespaces.test(t.namespace()) && isSelected(spec, t.pods().getFirst().labels()))
            .toList();
        if (selected.isEmpty()) nothing(object, spec, "pods");
        for (var template : selected)
            for (var endpoint : WrittenObject.mappings(spec, "podMetricsEndpoints")) {
                var because = Because.of(endpoint.at(), "podMetricsEndpoints[]");
                var port = WrittenObject.text(endpoint, "port").or(() -> WrittenObject.text(endpoint, "targetPort")).orElse("");
                number(port.matches("[0-9]+") ? new Service.TargetPort.Number(Integer.parseInt(port)) : new Service.TargetPort.Name(port),
                    template.pods().getFirst()).ifPresent(n -> scraped(template, new Port(Protocol.TCP, n), because));
            }
    }

    private static Predicate<String> namespaces(WrittenObject object, Fields spec) {
        var selector = WrittenObject.mapping(spec, "namespaceSelector");
        if (selector.flatMap(s -> WrittenObject.text(s, "any")).filter("true"::equals).isPresent()) return _ -> true;
        var names = texts(selector.map(s -> WrittenObject.items(s, "matchNames")).orElse(List.of()));
        return names.isEmpty() ? object.name().namespace()::equals : names::contains;
    }

    private static boolean isSelected(Fields spec, Map<String, String> labels) {
        return labels.entrySet().containsAll(WrittenObject.texts(WrittenObject.mapping(spec, "selector", "matchLabels")).entrySet())
            && WrittenObject.mapping(spec, "selector").stream().flatMap(s -> WrittenObject.mappings(s, "matchExpressions").stream())
                .allMatch(e -> holds(e, labels.get(WrittenObject.text(e, "key").orElse(""))));
    }

    private static boolean holds(Fields expression, @Nullable String label) {
        var values = texts(WrittenObject.items(expression, "values"));
        return switch (WrittenObject.text(expression, "operator").orElse("")) {
            case "In" -> label != null && values.contains(label);
            case "NotIn" -> label == null || !values.contains(label);
            case "Exists" -> label != null;
            case "DoesNotExist" -> label == null;
            default -> false;
        };
    }

    private static List<String> texts(List<Value> values) {
        return values.stream().map(Value::node).filter(Yaml.Scalar.class::isInstance).map(n -> ((Yaml.Scalar) n).value()).toList();
    }

    /// What the manifests do not have is not scraped by nobody: the API server's own Service is everywhere, others are told.
    private void nothing(WrittenObject object, Fields spec, String kind) {
        var because = Because.of(object.at(), object.kind());
        if (namespaces(object, spec).test("default") && isSelected(spec, API_LABELS) && !isSelected(spec, Map.of())) {
            for (var from : places.of(Party.Role.PROMETHEUS, ""))
                collected.need(from, new Party.Api(), new Port(Protocol.TCP, 443), Purpose.METRICS_SCRAPE, because);
            return;
        }
        collected.unproven(new Party.Platform(Party.Role.PROMETHEUS, ""),
            "%s %s selects no %s of the manifests, so whom it scrapes is not known".formatted(object.kind(), object.name(), kind),
            "give what it selects, too, or declare the need", because);
    }

    private static OptionalInt number(Service.TargetPort target, Pod pod) {
        return switch (target) {
            case Service.TargetPort.Number(var number) -> OptionalInt.of(number);
            case Service.TargetPort.Name(var name) ->
                pod.ports().stream().filter(p -> p.name().equals(name)).mapToInt(p -> p.port().number()).findFirst();
        };
    }

    private void scraped(Template template, Port port, Because because) {
        template.pods().forEach(p -> collected.listens(p.name(), port));
        for (var from : places.of(Party.Role.PROMETHEUS, ""))
            if (!from.equals(template.party())) collected.need(from, template.party(), port, Purpose.METRICS_SCRAPE, because);
    }
}
