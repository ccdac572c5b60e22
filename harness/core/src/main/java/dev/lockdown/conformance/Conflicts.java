package dev.lockdown.conformance;

import java.util.List;

/// Two policies at once: they add up where they select the same pod, and both ends must agree where they do not.
final class Conflicts {
    private static final String NOBODY = "[]";
    private static final String EVERYBODY = "[{}]";

    private Conflicts() {}

    static GeneratedFeature feature() {
        return GeneratedFeature.of("conflicts.feature", "@conflict", "Policies that seem to contradict each other", """
            No policy denies what another allows: a policy takes the allowance by default away and gives its own. But a flow needs both of its
            ends.""", List.of(bothEnds(), sameSource(), sameDestination()));
    }

    private static final String POLICY = """
        %s this policy is applied to "%s"
          \"""
          apiVersion: networking.k8s.io/v1
          kind: NetworkPolicy
          metadata: {name: <%s>}
          spec:
            podSelector: {}
            policyTypes: [%s]
            %s: <%s rules>
          \"""
        """;

    private static String policy(String keyword, String namespace, String column, Way way) {
        return POLICY.formatted(keyword, namespace, column, way.type(), way.field(), column);
    }

    private static Outline bothEnds() {
        var outline = new Outline("", policy("When", "x", "source", Way.EGRESS) + policy("And", "y", "destination", Way.INGRESS) + """
            Then on TCP/80 the truth table is
              | | y/b | y/c | z/b |
              | x/b | <x/b to y/b> | <x/b to y/c> | <x/b to z/b> |
              | z/b | <z/b to y/b> | <z/b to y/c> | - |
            And every flow is as the policies say""", List.of("case", "source", "source rules", "destination", "destination rules",
            "x/b to y/b", "x/b to y/c", "x/b to z/b", "z/b to y/b", "z/b to y/c"));
        var toPodsB = "[{to: [%s]}]".formatted(PeerKind.PODS_OF_EVERY_NAMESPACE.yaml());
        var fromX = "[{from: [{namespaceSelector: {matchLabels: {ns: x}}}]}]";
        outline.add(List.of("The source may send to nobody, the destination may hear everybody", "deny", NOBODY, "allow", EVERYBODY,
            "blocked", "blocked", "blocked", "open", "open"));
        outline.add(List.of("The source may send to everybody, the destination may hear nobody", "allow", EVERYBODY, "deny", NOBODY,
            "blocked", "blocked", "open", "blocked", "blocked"));
        outline.add(List.of("Both may", "allow", EVERYBODY, "allow", EVERYBODY, "open", "open", "open", "open", "open"));
        outline.add(List.of("Neither may", "deny", NOBODY, "deny", NOBODY, "blocked", "blocked", "blocked", "blocked", "blocked"));
        outline.add(List.of("The source may send to pods b, the destination may hear namespace x", "some", toPodsB, "some", fromX, "open",
            "blocked", "open", "blocked", "blocked"));
        outline.add(List.of("The source may send to an outside block, the destination may hear everybody", "block",
            "[{to: [%s]}]".formatted(PeerKind.BLOCK.yaml()), "allow", EVERYBODY, "blocked", "blocked", "blocked", "open", "open"));
        outline.add(List.of("The source may send to everybody, the destination may hear an outside block", "allow", EVERYBODY, "block",
            "[{from: [%s]}]".formatted(PeerKind.BLOCK.yaml()), "blocked", "blocked", "open", "blocked", "blocked"));
        return outline;
    }

    private static Outline sameSource() {
        var outline = new Outline("", policy("When", "x", "first", Way.EGRESS) + policy("And", "x", "second", Way.EGRESS) + """
            Then on TCP/80 the truth table is
              | | y/b | y/c | host inside.test | host excepted.test | host outside.test |
              | x/a | <y/b> | <y/c> | <inside> | <excepted> | <outside> |
            And every flow is as the policies say""", List.of("case", "first", "first rules", "second", "second rules", "y/b", "y/c",
            "inside", "excepted", "outside"));
        stacked(outline, "to", "may send to");
        return outline;
    }

    private static Outline sameDestination() {
        var outline = new Outline("", policy("When", "x", "first", Way.INGRESS) + policy("And", "x", "second", Way.INGRESS) + """
            Then on TCP/80 the truth table is
              | | x/a |
              | y/b | <y/b> |
              | y/c | <y/c> |
              | host inside.test | <inside> |
              | host excepted.test | <excepted> |
              | host outside.test | <outside> |
            And every flow is as the policies say""", List.of("case", "first", "first rules", "second", "second rules", "y/b", "y/c",
            "inside", "excepted", "outside"));
        stacked(outline, "from", "may hear");
        return outline;
    }

    private static void stacked(Outline outline, String key, String verb) {
        var nobody = "One policy says that it %s nobody, another ".formatted(verb);
        var pods = "[{%s: [%s]}]".formatted(key, PeerKind.PODS_OF_EVERY_NAMESPACE.yaml());
        var otherPods = "[{%s: [{podSelector: {matchExpressions: [{key: pod, operator: NotIn, values: [b]}]}, namespaceSelector: {}}]}]"
            .formatted(key);
        var block = "[{%s: [%s]}]".formatted(key, PeerKind.BLOCK.yaml());
        var excepting = "[{%s: [%s]}]".formatted(key, PeerKind.BLOCK_WITH_EXCEPTION.yaml());
        outline.add(List.of(nobody + "everybody", "deny", NOBODY, "allow", EVERYBODY, "open", "open", "open", "open", "open"));
        outline.add(List.of(nobody + "pods b", "deny", NOBODY, "pods", pods, "open", "blocked", "blocked", "blocked", "blocked"));
        outline.add(List.of(nobody + "an outside block", "deny", NOBODY, "block", block, "blocked", "blocked", "open", "open", "blocked"));
        outline.add(List.of("One policy %s pods b, another all but them".formatted(verb), "pods", pods, "others", otherPods, "open", "open",
            "blocked", "blocked", "blocked"));
        outline
            .add(List.of("One policy %s a block but for an exception, another the block".formatted(verb), "excepting", excepting, "block",
                block, "blocked", "blocked", "open", "open", "blocked"));
        outline.add(List.of("One policy %s a block but for an exception, another pods b".formatted(verb), "excepting", excepting, "pods",
            pods, "open", "blocked", "open", "blocked", "blocked"));
        outline.add(List.of("One policy %s all but pods b, another an outside block".formatted(verb), "others", otherPods, "block", block,
            "blocked", "open", "open", "open", "blocked"));
        outline
            .add(List.of("Two policies say alike that it %s nobody".formatted(verb), "deny", NOBODY, "again", NOBODY, "blocked", "blocked",
                "blocked", "blocked", "blocked"));
    }
}
