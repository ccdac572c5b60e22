package dev.lockdown.fuzz;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.LabelSelector.Operator;
import dev.lockdown.state.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Few names, labels and ports, so that random policies and random pods mean each other.
record RandomNames(RandomSource random) {
    static final List<String> NAMESPACES = List.of("x", "y", "z");
    static final List<String> NODES = List.of("node-1", "node-2");
    static final List<Port> PORTS = List.of(new Port(Protocol.TCP, 80), new Port(Protocol.TCP, 81), new Port(Protocol.TCP, 82),
        new Port(Protocol.UDP, 80), new Port(Protocol.UDP, 81));
    static final List<String> PORT_NAMES = List.of("web", "alt");
    private static final List<Port> HOST_PORTS = List.of(new Port(Protocol.TCP, 80), new Port(Protocol.UDP, 81));
    /// Longer than what data planes keep of a name, and alike up to there.
    private static final List<String> POLICY_NAMES = List.of("p1", "p2", "p3", "a-policy-with-a-name-longer-than-most-people-type-1",
        "a-policy-with-a-name-longer-than-most-people-type-2");

    String policyName() {
        return random.pick(POLICY_NAMES);
    }

    Map<String, String> podLabels() {
        var labels = new LinkedHashMap<String, String>();
        labels.put("pod", random.pick(List.of("a", "b", "c")));
        if (random.oneIn(2)) labels.put("tier", random.pick(List.of("1", "2")));
        return labels;
    }

    Map<String, String> namespaceLabels() {
        return random.oneIn(3) ? Map.of() : Map.of("team", random.pick(List.of("red", "blue")));
    }

    LabelSelector pods() {
        return selector("pod", List.of("a", "b", "c"), "tier", List.of("1", "2"));
    }

    LabelSelector namespaces() {
        if (random.oneIn(4)) return LabelSelector.labels(Map.of("kubernetes.io/metadata.name", random.pick(NAMESPACES)));
        return selector("team", List.of("red", "blue"), "gone", List.of("1"));
    }

    private LabelSelector selector(String often, List<String> values, String seldom, List<String> others) {
        var labels = new LinkedHashMap<String, String>();
        var expressions = new ArrayList<Requirement>();
        for (int i = random.below(3); i > 0; i--) {
            boolean usual = !random.oneIn(3);
            var key = usual ? often : seldom;
            if (random.oneIn(2)) labels.put(key, random.pick(usual ? values : others));
            else expressions.add(requirement(key, usual ? values : others));
        }
        return new LabelSelector(labels, expressions);
    }

    private Requirement requirement(String key, List<String> values) {
        var operator = random.pick(List.of(Operator.values()));
        return switch (operator) {
            case IN, NOT_IN -> new Requirement(key, operator, random.some(values, 1 + random.below(values.size())));
            case EXISTS, DOES_NOT_EXIST -> new Requirement(key, operator, List.of());
        };
    }

    /// Two machines outside, on either side of what policies except.
    static List<ExternalHost> hosts(List<Family> families) {
        return List.of(new ExternalHost("out.example", HOST_PORTS, addresses(families, "203.0.113.7", "2001:db8::7")),
            new ExternalHost("away.example", HOST_PORTS, addresses(families, "203.0.113.200", "2001:db8::c8")));
    }

    private static List<String> addresses(List<Family> families, String four, String six) {
        return families.stream().map(family -> switch (family) {
            case IPV4 -> four;
            case IPV6 -> six;
        }).toList();
    }
}
