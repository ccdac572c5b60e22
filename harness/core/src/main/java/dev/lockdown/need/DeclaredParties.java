package dev.lockdown.need;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.manifest.yaml.Value;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.NearestWord;
import dev.lockdown.state.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Finds those whom a declaration names: `web`, `shop/web`, `service:api`, `host:partner.example`, `api`, `dns`, `node`, `ingress`,
/// `prometheus`, or a block of addresses.
final class DeclaredParties {
    private static final String FORMS =
        "expected a workload such as web or shop/web, service:api, host:partner.example, api, dns, node, ingress, prometheus or a block such as "
            + "203.0.113.0/24";

    private final List<Template> templates;
    private final Set<NamespacedName> services;
    private final PlatformPlaces places;

    DeclaredParties(List<Template> templates, Set<NamespacedName> services, PlatformPlaces places) {
        this.templates = templates;
        this.services = services;
        this.places = places;
    }

    List<NamespacedName> pods(Party.Workload workload) {
        return templates.stream().filter(t -> t.party().equals(workload)).flatMap(t -> t.pods().stream()).map(Pod::name).toList();
    }

    /// @throws ManifestException if nobody is called so, or it opens no connections
    List<Party> sources(Value value, String namespace) {
        var text = AddressText.withoutUser(value.text());
        if (text.startsWith("service:") || text.startsWith("host:") || text.equals("dns"))
            throw ManifestException.at(value.at(), "%s opens no connections".formatted(text), "name a workload");
        var block = block(text);
        return block.isPresent() ? List.of(block.get()) : named(value, text, namespace);
    }

    /// @throws ManifestException if nobody is called so, or nobody dials it
    List<Party> destinations(Value value, String namespace) {
        var text = AddressText.withoutUser(value.text());
        if (List.of("node", "ingress", "prometheus").contains(text) || block(text).isPresent())
            throw ManifestException.at(value.at(), "%s is nobody whom a need ends at".formatted(text),
                "name a workload, a Service, a host, api or dns");
        return named(value, text, namespace);
    }

    private List<Party> named(Value value, String text, String namespace) {
        switch (text) {
            case "api", "kubernetes-api" -> {
                return List.of(new Party.Api());
            }
            case "dns" -> {
                return List.of(new Party.Dns());
            }
            case "node" -> {
                return List.of(new Party.Node());
            }
            case "ingress" -> {
                return places.of(Party.Role.INGRESS, "");
            }
            case "prometheus" -> {
                return places.of(Party.Role.PROMETHEUS, "");
            }
            default -> {}
        }
        if (text.startsWith("host:") && text.length() > 5) return List.of(new Party.Host(text.substring(5)));
        if (text.startsWith("service:")) {
            var name = name(value, text.substring(8), namespace);
            if (services.contains(name)) return List.of(new Party.Service(name));
            throw notThere(value, "service:" + name, services.stream().map(s -> "service:" + s).toList());
        }
        var name = name(value, text, namespace);
        var workloads = templates.stream().map(Template::party).filter(p -> p.name().equals(name)).<Party>map(p -> p).toList();
        if (!workloads.isEmpty()) return workloads;
        var known = new ArrayList<String>();
        templates.forEach(t -> known.add(t.party().name().toString()));
        services.forEach(s -> known.add("service:" + s));
        throw notThere(value, name.toString(), known);
    }

    private static Optional<Party> block(String text) {
        if (!text.matches("[0-9a-fA-F.:]+/[0-9]+")) return Optional.empty();
        try {
            return Optional.of(new Party.Block(Cidr.parse(text).toString()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static NamespacedName name(Value value, String text, String namespace) {
        try {
            return text.contains("/") ? NamespacedName.parse(text) : new NamespacedName(namespace, text);
        } catch (IllegalArgumentException e) {
            throw ManifestException.at(value.at(), String.valueOf(e.getMessage()), FORMS).causedBy(e);
        }
    }

    private static ManifestException notThere(Value value, String text, List<String> known) {
        return ManifestException.at(value.at(), "there is no %s in the manifests".formatted(text), NearestWord.of(text, known)
            .map(n -> "did you mean %s?".formatted(n))
            .orElseGet(() -> "there are: %s\n%s".formatted(String.join(", ", new TreeSet<>(known)), FORMS)));
    }
}
