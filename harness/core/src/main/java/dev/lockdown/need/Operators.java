package dev.lockdown.need;

import dev.lockdown.flow.NamespacedName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What operators make of custom resources: Services that no manifest has, and that are not missing all the same.
final class Operators {
    /// Kinds of these groups make no Services.
    private static final Set<String> NONE = Set.of("monitoring.coreos.com", "cert-manager.io", "acme.cert-manager.io",
        "networking.istio.io",
        "security.istio.io", "telemetry.istio.io", "external-secrets.io", "bitnami.com", "cilium.io", "crd.projectcalico.org",
        "projectcalico.org",
        "traefik.io", "keda.sh", "kyverno.io", "argoproj.io", "source.toolkit.fluxcd.io", "kustomize.toolkit.fluxcd.io", "lockdown.dev");

    private final Map<NamespacedName, Template> services;
    private final List<WrittenObject> custom;

    Operators(List<Template> operated, List<WrittenObject> objects) {
        this.services = OperatedPods.services(operated);
        this.custom = objects.stream().filter(Operators::isCustom).toList();
    }

    private static boolean isCustom(WrittenObject object) {
        var group = object.group();
        return !object.kind().matches(".*(?:Topic|User|NodePool|Backup|Policy|Secret|Config|Binding)") && group.contains(".")
            && !group.endsWith(".k8s.io") && !group.endsWith(".openshift.io") && !NONE.contains(group);
    }

    /// The Services of which it is known who makes them.
    Set<NamespacedName> services() {
        return services.keySet();
    }

    /// The pods behind a Service of which it is known who makes it.
    Optional<Template> behind(NamespacedName service) {
        return Optional.ofNullable(services.get(service));
    }

    static String maySay(NamespacedName service, WrittenObject maker) {
        return "Service %s is not among the manifests; the operator of %s %s (%s:%s) may make it".formatted(service, maker.kind(),
            maker.name().name(), maker.at().file(), maker.at().line());
    }

    static String remedy(NamespacedName service) {
        return "give what it makes, too (kubectl get services,pods -n %s -o yaml), or declare the need".formatted(service.namespace());
    }

    /// @param port that it does not have, as named
    static String portSay(NamespacedName service, Template made, String port) {
        return "Service %s, which the operator of %s makes, is not known to have port %s; its pods have %s".formatted(service, made.party(),
            port,
            String.join(", ", made.pods().getFirst().ports().stream().map(p -> p.port().toString()).toList()));
    }

    /// The custom resource that a Service is called after, as operators call theirs: `pg-primary` of `pg`.
    Optional<WrittenObject> maker(NamespacedName service) {
        return custom.stream().filter(o -> o.name().namespace().equals(service.namespace()))
            .filter(o -> service.name().equals(o.name().name()) || service.name().startsWith(o.name().name() + "-"))
            .max(Comparator.comparingInt(o -> o.name().name().length()));
    }
}
