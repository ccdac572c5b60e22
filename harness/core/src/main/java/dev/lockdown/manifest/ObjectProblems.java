package dev.lockdown.manifest;

import dev.lockdown.manifest.yaml.FieldProblems;
import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.yaml.Quote;
import dev.lockdown.manifest.yaml.Value;
import dev.lockdown.manifest.yaml.Yaml;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What can be wrong with an object as a whole, or with a pod or Service.
final class ObjectProblems {
    private static final String RENDER = "its folder is rendered by kubectl kustomize FOLDER, or by -k FOLDER here";

    private ObjectProblems() {}

    static ManifestException notAnObject(Yaml found) {
        return ManifestException.at(found.at(), "expected a Kubernetes object, found " + found.described(),
            "an object is a mapping that begins with apiVersion and kind");
    }

    static ManifestException notKubernetes(Fields found) {
        var file = found.at().file().replaceFirst(".*/", "");
        var advice = switch (file) {
            case "kustomization.yaml", "kustomization.yml", "Kustomization" -> RENDER;
            case "Chart.yaml", "values.yaml" -> "a chart is rendered first: helm template NAME FOLDER, or --helm FOLDER";
            default -> "an object is a mapping that begins with apiVersion and kind";
        };
        return ManifestException.at(found.at(), "this is no Kubernetes object: it has neither apiVersion nor kind", advice);
    }

    /// What kubectl prints ends with its kind, since the fields are sorted.
    static ManifestException cutOff(Position at) {
        return ManifestException.at(at, "a list of objects has no kind: it was cut off",
            "print it again to its end, where kind: List stands, or write it there");
    }

    static ManifestException kustomization(Position at) {
        return ManifestException.at(at, "a kustomization is rendered before it is applied", RENDER);
    }

    static ManifestException labelTooLong(Position at, String kind, String label, String value) {
        return ManifestException.at(at, "this %s can make no pods: its name makes their label %s longer than a label may be (%s)"
            .formatted(kind, label, Quote.of(value)), "shorten the name; a label's value has at most 63 characters");
    }

    static ManifestException selectsNotItsOwn(Position at, String path, Map<String, String> wanted, Map<String, String> has) {
        return ManifestException.at(at, "%s.selector does not match the labels of its own template".formatted(path),
            "it wants %s, and the template has %s; the API server refuses that".formatted(Quote.of(labels(wanted)), Quote.of(labels(has))));
    }

    private static String labels(Map<String, String> labels) {
        return labels.isEmpty() ? "none"
            : labels.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(l -> l.getKey() + "=" + l.getValue())
                .collect(Collectors.joining(", "));
    }

    static ManifestException unknownKind(Value kind, List<String> known) {
        return ManifestException.at(kind.at(), "unknown kind " + Quote.of(kind.text()),
            FieldProblems.among(kind.text(), "known kinds", known));
    }

    static ManifestException unknownVersion(Value apiVersion, String version, Kind kind) {
        return ManifestException.at(apiVersion.at(), "%s of apiVersion %s is not read".formatted(kind.word(), Quote.of(version)),
            "expected apiVersion: " + kind.apiVersion());
    }

    static ManifestException notAPolicy(Value kind) {
        return ManifestException.at(kind.at(), "kind %s stands where a NetworkPolicy is expected".formatted(Quote.of(kind.text())),
            "expected kind: NetworkPolicy of apiVersion: networking.k8s.io/v1");
    }

    static ManifestException noPolicy(Position at) {
        return ManifestException.at(at, "there is no NetworkPolicy here", "expected one or more, separated by ---");
    }

    static ManifestException otherNamespace(Value namespace, String expected) {
        return ManifestException.at(namespace.at(), "%s is %s, but the policy is applied to %s".formatted(namespace.path(),
            Quote.of(namespace.text()), Quote.of(expected)), "leave the namespace out of the manifest, or apply it to the one it names");
    }

    static ManifestException noName(Fields metadata) {
        if (metadata.get("generateName") == null)
            return FieldProblems.missing(metadata.at(), metadata.path(), "name", "name: web");
        return ManifestException.at(metadata.at("generateName"), metadata.path() + " has generateName but no name",
            "a generated name differs from run to run; give it a name");
    }

    static ManifestException namespaceInNamespace(Value namespace) {
        return ManifestException.at(namespace.at(), namespace.path() + " is set, but a Namespace is in no namespace", "remove it");
    }

    static ManifestException twice(Position at, String what, Position first) {
        return ManifestException.at(at, what + " is there twice", "first at %s; rename or remove one of them".formatted(first));
    }

    static ManifestException noContainers(Value containers) {
        return ManifestException.at(containers.at(), containers.path() + " is an empty list",
            "a pod needs at least one container, such as - name: web");
    }

    static ManifestException portNameTwice(Fields port, String name) {
        return ManifestException.at(port.at("name"), "port name \"%s\" is given twice in one container".formatted(name),
            "names of ports differ");
    }

    static ManifestException serviceWithoutPorts(Fields spec) {
        return ManifestException.at(spec.at(), spec.path() + " has no ports",
            "expected at least one, such as ports: [{port: 80}], or clusterIP: None");
    }

    static ManifestException headlessOfType(Fields spec, String type) {
        return ManifestException.at(spec.at("clusterIP"), "%s is None, but the type is %s".formatted(spec.pathOf("clusterIP"), type),
            "a headless Service has type: ClusterIP");
    }

    static ManifestException nodePortOfOtherType(Value nodePort) {
        return ManifestException.at(nodePort.at(), nodePort.path() + " is set, but the Service opens no port on nodes",
            "remove it, or write type: NodePort or type: LoadBalancer");
    }

    static ManifestException trafficPolicyOfOtherType(Value policy) {
        return ManifestException.at(policy.at(), policy.path() + " is set, but nothing outside comes to the Service by the nodes",
            "remove it, or write type: NodePort or type: LoadBalancer");
    }

    static ManifestException servicePortWithoutName(Value port) {
        return ManifestException.at(port.at(), port.path() + " has no name", "a Service with several ports names each, such as name: http");
    }

    static ManifestException servicePortTwice(Value port, String what) {
        return ManifestException.at(port.at(), "%s repeats %s of another port".formatted(port.path(), what),
            "name, and protocol with number, must be unique in a Service");
    }

    static ManifestException notThere(Position at, String user, String what, String name, Collection<String> known) {
        return ManifestException.at(at, "%s %s of %s is not there".formatted(what, Quote.of(name), user),
            FieldProblems.among(name, "there are", known));
    }

    static ManifestException thereAlready(Position at, String what) {
        return ManifestException.at(at, what + " is there already", "pods cannot be updated in place; stop it first, or rename this one");
    }

    static ManifestException notDeletable(Position at, String kind) {
        return ManifestException.at(at, "a %s cannot be deleted here".formatted(kind), "delete its pods by their names, such as web-1");
    }
}
