package dev.lockdown.need;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.manifest.yaml.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads who talks with the Kubernetes API: pods whose service account has a role, and what the API itself dials, webhooks and aggregated
/// APIs.
final class ApiReader {
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final Port HTTPS = new Port(Protocol.TCP, 443);

    private final List<Template> templates;
    private final Backends backends;
    private final Collected collected;

    ApiReader(List<Template> templates, Backends backends, Collected collected) {
        this.templates = templates;
        this.backends = backends;
        this.collected = collected;
    }

    void read(List<WrittenObject> objects) {
        var bound = new LinkedHashMap<String, List<Because>>();
        objects.stream().filter(o -> o.is(RBAC, "RoleBinding", "ClusterRoleBinding")).forEach(o -> binding(o, bound));
        templates.forEach(t -> roles(t, bound, objects));
        objects.forEach(this::dialled);
    }

    private static void binding(WrittenObject object, Map<String, List<Because>> bound) {
        for (var subject : WrittenObject.mappings(object.root(), "subjects")) {
            var kind = WrittenObject.text(subject, "kind").orElse("");
            var name = WrittenObject.text(subject, "name").orElse("");
            var who = kind.equals("ServiceAccount")
                ? "system:serviceaccount:%s:%s".formatted(WrittenObject.text(subject, "namespace").orElse(object.name().namespace()), name)
                : name;
            bound.computeIfAbsent(who, _ -> new ArrayList<>()).add(Because.of(subject.at(), object.kind() + ".subjects[]"));
        }
    }

    private void roles(Template template, Map<String, List<Because>> bound, List<WrittenObject> objects) {
        var account =
            WrittenObject.text(template.spec(), "serviceAccountName").or(() -> WrittenObject.text(template.spec(), "serviceAccount"))
                .orElse("default");
        if (!hasToken(template.spec(), new NamespacedName(template.namespace(), account), objects)) return;
        for (var who : List.of("system:serviceaccount:%s:%s".formatted(template.namespace(), account),
            "system:serviceaccounts:" + template.namespace(), "system:serviceaccounts"))
            for (var because : bound.getOrDefault(who, List.of()))
                collected.need(template.party(), new Party.Api(), HTTPS, Purpose.API, because);
    }

    /// A pod without a token has no use for the API.
    private static boolean hasToken(Fields spec, NamespacedName account, List<WrittenObject> objects) {
        var own = WrittenObject.text(spec, "automountServiceAccountToken");
        var inherited = objects.stream().filter(o -> o.is("", "ServiceAccount") && o.name().equals(account))
            .flatMap(o -> WrittenObject.text(o.root(), "automountServiceAccountToken").stream()).findFirst();
        return !own.or(() -> inherited).equals(Optional.of("false"));
    }

    private void dialled(WrittenObject object) {
        if (object.is("admissionregistration.k8s.io", "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"))
            for (var webhook : WrittenObject.mappings(object.root(), "webhooks"))
                service(webhook, "clientConfig", "webhooks[].clientConfig.service");
        if (object.is("apiextensions.k8s.io", "CustomResourceDefinition"))
            WrittenObject.mapping(object.root(), "spec", "conversion", "webhook").ifPresent(w -> service(w, "clientConfig",
                "conversion.webhook.clientConfig.service"));
        if (object.is("apiregistration.k8s.io", "APIService")) service(object.root(), "spec", "spec.service");
    }

    private void service(Fields holder, String field, String where) {
        WrittenObject.mapping(holder, field, "service").ifPresent(s -> {
            var name = WrittenObject.text(s, "name").orElse("");
            var namespace = WrittenObject.text(s, "namespace").orElse("");
            if (!name.isEmpty() && !namespace.isEmpty())
                backends.send(new Party.Api(), new NamespacedName(namespace, name), WrittenObject.text(s, "port").orElse("443"),
                    Purpose.WEBHOOK,
                    Because.of(s.at(), where));
        });
    }
}
