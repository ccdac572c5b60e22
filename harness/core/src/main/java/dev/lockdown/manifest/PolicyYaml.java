package dev.lockdown.manifest;

import dev.lockdown.manifest.yaml.Scalars;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes a policy as the YAML that a person would apply.
public final class PolicyYaml {
    private final StringBuilder yaml = new StringBuilder();

    private PolicyYaml() {}

    public static String of(NetworkPolicy policy) {
        return new PolicyYaml().write(policy);
    }

    private String write(NetworkPolicy policy) {
        yaml.append("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n");
        yaml.append("  name: ").append(text(policy.name().name())).append('\n');
        yaml.append("  namespace: ").append(text(policy.name().namespace())).append('\n');
        yaml.append("spec:\n  podSelector: ").append(selector(policy.podSelector())).append('\n');
        if (!policy.types().isEmpty())
            yaml.append("  policyTypes: [").append(policy.types().stream().map(PolicyYaml::type).collect(Collectors.joining(", ")))
                .append("]\n");
        for (var direction : Direction.values()) rules(direction, policy.rules(direction));
        return yaml.toString();
    }

    /// Quote a name that would be something else without quotes: `on` is a valid name of a port.
    public static String text(String name) {
        return Scalars.kindOfPlain(name) == Scalars.Kind.STRING ? name : "\"" + name + "\"";
    }

    private static String type(Direction direction) {
        return direction == Direction.INGRESS ? "Ingress" : "Egress";
    }

    private void rules(Direction direction, List<NetworkPolicy.Rule> rules) {
        if (rules.isEmpty()) return;
        yaml.append("  ").append(direction).append(":\n");
        for (var rule : rules) {
            if (rule.peers().isEmpty() && rule.ports().isEmpty()) yaml.append("  - {}\n");
            var lead = "  - ";
            if (!rule.peers().isEmpty()) {
                yaml.append(lead).append(direction == Direction.INGRESS ? "from:\n" : "to:\n");
                rule.peers().forEach(p -> yaml.append("    - ").append(peer(p)).append('\n'));
                lead = "    ";
            }
            if (!rule.ports().isEmpty()) {
                yaml.append(lead).append("ports:\n");
                rule.ports().forEach(p -> yaml.append("    - ").append(port(p)).append('\n'));
            }
        }
    }

    private static String peer(Peer peer) {
        return switch (peer) {
            case Peer.Pods(var pods, var namespaces) -> both(namespaces, pods);
            case Peer.IpBlock(var cidr, var except) -> "ipBlock: {cidr: \"%s\"%s}".formatted(cidr,
                except.isEmpty() ? "" : ", except: [" + except.stream().map(e -> "\"" + e + "\"").collect(Collectors.joining(", ")) + "]");
        };
    }

    private static String both(@Nullable LabelSelector namespaces, @Nullable LabelSelector pods) {
        var first = namespaces == null ? "" : "namespaceSelector: " + selector(namespaces);
        var second = pods == null ? "" : "podSelector: " + selector(pods);
        return first + (first.isEmpty() || second.isEmpty() ? "" : "\n      ") + second;
    }

    private static String selector(LabelSelector selector) {
        var labels = selector.matchLabels().entrySet().stream().map(e -> "%s: \"%s\"".formatted(text(e.getKey()), e.getValue()))
            .collect(Collectors.joining(", "));
        var expressions = selector.matchExpressions().stream().map(PolicyYaml::requirement).collect(Collectors.joining(", "));
        if (labels.isEmpty() && expressions.isEmpty()) return "{}";
        var parts = new ArrayList<String>();
        if (!labels.isEmpty()) parts.add("matchLabels: {" + labels + "}");
        if (!expressions.isEmpty()) parts.add("matchExpressions: [" + expressions + "]");
        return "{" + String.join(", ", parts) + "}";
    }

    private static String requirement(LabelSelector.Requirement requirement) {
        return "{key: %s, operator: %s%s}".formatted(text(requirement.key()), requirement.operator(), requirement.values().isEmpty() ? ""
            : ", values: [" + requirement.values().stream().map(v -> "\"" + v + "\"").collect(Collectors.joining(", ")) + "]");
    }

    private static String port(PolicyPort port) {
        return switch (port) {
            case PolicyPort.Any(var protocol) -> "{protocol: %s}".formatted(protocol);
            case PolicyPort.Range(var protocol, var first, var last) when first == last ->
                "{protocol: %s, port: %s}".formatted(protocol, first);
            case PolicyPort.Range(var protocol, var first, var last) ->
                "{protocol: %s, port: %s, endPort: %s}".formatted(protocol, first, last);
            case PolicyPort.Named(var protocol, var name) -> "{protocol: %s, port: %s}".formatted(protocol, text(name));
        };
    }
}
