package dev.lockdown.conformance;

import java.util.ArrayList;
import java.util.List;

/// Whom a policy selects, rules that allow nobody or everybody, and namespaces by the label of their name.
final class Targets {
    private static final String EVERY_POD = "every pod";

    private Targets() {}

    static GeneratedFeature feature() {
        return GeneratedFeature.of("targets.feature", "@targets", "Whom a policy selects, and rules for nobody and everybody", """
            A policy selects pods of its own namespace alone. An empty list of rules allows nobody, an empty rule everybody.""",
            List.of(targets(), rules(Way.INGRESS), rules(Way.EGRESS)));
    }

    private static Outline targets() {
        var outline = new Outline("", """
            When this policy is applied to "<namespace>"
              \"""
              apiVersion: networking.k8s.io/v1
              kind: NetworkPolicy
              metadata: {name: target}
              spec:
                podSelector: <selector>
                policyTypes: [Ingress, Egress]
                ingress: [{from: [{podSelector: {matchLabels: {pod: c}}, namespaceSelector: {}}]}]
                egress: [{to: [{podSelector: {matchLabels: {pod: b}}, namespaceSelector: {}}]}]
              \"""
            Then on TCP/80 the truth table is
              | | x/a | y/b | z/a |
              | x/b | <x/b to x/a> | <x/b to y/b> | <x/b to z/a> |
              | y/a | <y/a to x/a> | <y/a to y/b> | <y/a to z/a> |
            And every flow is as the policies say""",
            List.of("case", "namespace", "selector", "x/b to x/a", "x/b to y/b", "x/b to z/a", "y/a to x/a", "y/a to y/b", "y/a to z/a"));
        outline.add(target(EVERY_POD, "x", "{}", "blocked", "open", "blocked", "blocked", "open", "open"));
        outline.add(target(EVERY_POD, "y", "{}", "open", "blocked", "open", "blocked", "blocked", "blocked"));
        outline.add(target(EVERY_POD, "z", "{}", "open", "open", "blocked", "open", "open", "blocked"));
        outline.add(target("pods a", "x", "{matchLabels: {pod: a}}", "blocked", "open", "open", "blocked", "open", "open"));
        outline.add(target("pods a", "y", "{matchLabels: {pod: a}}", "open", "open", "open", "blocked", "open", "blocked"));
        outline.add(target("pods a", "z", "{matchLabels: {pod: a}}", "open", "open", "blocked", "open", "open", "blocked"));
        outline
            .add(target("pods a or b", "x", "{matchExpressions: [{key: pod, operator: In, values: [a, b]}]}", "blocked", "open", "blocked",
                "blocked", "open", "open"));
        outline.add(target("pods that are not a", "x", "{matchExpressions: [{key: pod, operator: NotIn, values: [a]}]}", "blocked", "open",
            "blocked", "open", "open", "open"));
        outline.add(target("pods with the label pod", "y", "{matchExpressions: [{key: pod, operator: Exists}]}", "open", "blocked", "open",
            "blocked", "blocked", "blocked"));
        outline.add(target("pods without the label app", "z", "{matchExpressions: [{key: app, operator: DoesNotExist}]}", "open", "open",
            "blocked", "open", "open", "blocked"));
        return outline;
    }

    private static List<String> target(String who, String namespace, String selector, String... cells) {
        var row = new ArrayList<>(List.of("A policy for %s of namespace %s".formatted(who, namespace), namespace, selector));
        row.addAll(List.of(cells));
        return row;
    }

    private static Outline rules(Way way) {
        boolean in = way == Way.INGRESS;
        var outline = new Outline("", """
            When this policy is applied to "x"
              \"""
              apiVersion: networking.k8s.io/v1
              kind: NetworkPolicy
              metadata: {name: rules}
              spec:
                podSelector: {matchLabels: {pod: a}}
                policyTypes: [%s]
                %s: <rules>
              \"""
            Then on TCP/80 and UDP/81 the truth table is
              | | %s | %s |
              | %s | <near> | <far> |
            And every flow is as the policies say""".formatted(way.type(), way.field(), in ? "x/a" : "x/b", in ? "x/b" : "y/b",
            in ? "y/b" : "x/a"), List.of("case", "rules", "near", "far"));
        String bystander = in ? "open" : "blocked";
        String label = "{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: \"%s\"}}}";
        outline.add(List.of("%s %s nobody".formatted(way.type(), way.preposition()), "[]", "blocked", bystander));
        outline.add(List.of("%s %s everybody".formatted(way.type(), way.preposition()), "[{}]", "open", "open"));
        outline
            .add(List.of("%s by an empty list of peers".formatted(way.type()), "[{%s: []}]".formatted(way.preposition()), "open", "open"));
        outline.add(List.of("%s by an empty list of ports".formatted(way.type()), "[{ports: []}]", "open", "open"));
        outline.add(List.of("%s %s a namespace by the label of its name".formatted(way.type(), way.preposition()),
            "[{%s: [%s]}]".formatted(way.preposition(), label.formatted("y")), in ? "open" : "blocked", "open"));
        outline.add(List.of("%s %s another namespace by the label of its name".formatted(way.type(), way.preposition()),
            "[{%s: [%s]}]".formatted(way.preposition(), label.formatted("z")), "blocked", bystander));
        return outline;
    }
}
