package dev.lockdown.need;

import dev.lockdown.state.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Where the ingress controller and Prometheus run: among the manifests, or in a namespace that was given, or in the one where their own
/// manuals put them, which is then said.
final class PlatformPlaces {
    private static final Map<Party.Role, Pattern> IMAGES = Map.of(
        Party.Role.INGRESS,
        Pattern.compile(
            "(^|/)(ingress-nginx/controller|nginx-ingress|traefik|kong|haproxy-ingress|kubernetes-ingress|contour|ingress-controller)([:@]|$)"),
        Party.Role.PROMETHEUS,
        Pattern.compile("(^|/)(prom/prometheus|prometheus/prometheus|prometheus|victoria-metrics|vmagent|vmsingle)([:@]|$)"));
    private static final Map<String, String> BY_CLASS = Map.of("nginx", "ingress-nginx", "traefik", "traefik", "contour", "projectcontour",
        "haproxy", "haproxy-controller", "kong", "kong", "istio", "istio-system", "eg", "envoy-gateway-system", "openshift",
        "openshift-ingress",
        "ngrok", "ngrok-ingress-controller");

    private final List<Template> templates;
    private final Map<Party.Role, String> given;
    private final TreeSet<String> assumed = new TreeSet<>();

    /// @param given the namespaces that somebody named
    PlatformPlaces(List<Template> templates, Map<Party.Role, String> given) {
        this.templates = templates;
        this.given = given;
    }

    /// Those who play the role; at least one.
    ///
    /// @param word the class of the ingress, where one is named
    List<Party> of(Party.Role role, String word) {
        return of(role, word, _ -> true);
    }

    /// Those who send to a Service from the edge of the cluster. A gateway of the application's own has the image of a controller, and is
    /// what an Ingress leads to.
    List<Party> leadingTo(Service service, String word) {
        return of(Party.Role.INGRESS, word, t -> !t.isBehind(service));
    }

    private List<Party> of(Party.Role role, String word, Predicate<Template> mayBe) {
        if (given.get(role) instanceof String namespace) return List.of(new Party.Platform(role, namespace));
        var written = new ArrayList<Party>();
        for (var template : templates) if (hasRole(template, role) && mayBe.test(template)) written.add(template.party());
        if (!written.isEmpty()) return written;
        var namespace = role == Party.Role.PROMETHEUS ? "monitoring" : byClass(word);
        assumed.add(
            "%s runs in namespace %s; if it does not: %s".formatted(role == Party.Role.PROMETHEUS ? "Prometheus" : "the ingress controller",
                namespace, role == Party.Role.PROMETHEUS ? "--prometheus NAMESPACE" : "--ingress NAMESPACE"));
        return List.of(new Party.Platform(role, namespace));
    }

    private static boolean hasRole(Template template, Party.Role role) {
        return role == Party.Role.PROMETHEUS && template.party().kind().startsWith("Prometheus") || template.containers().stream()
            .anyMatch(c -> WrittenObject.text(c.fields(), "image")
                .filter(i -> IMAGES.get(role) instanceof Pattern image && image.matcher(i).find()).isPresent());
    }

    private static String byClass(String word) {
        var lower = word.toLowerCase(Locale.ROOT);
        return BY_CLASS.entrySet().stream().filter(e -> lower.contains(e.getKey())).map(Map.Entry::getValue).sorted().findFirst()
            .orElse("ingress-nginx");
    }

    /// What was taken for granted, one sentence each.
    List<String> assumed() {
        return List.copyOf(assumed);
    }
}
