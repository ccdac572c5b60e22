package dev.lockdown.rehearsal;

import dev.lockdown.flow.Port;
import dev.lockdown.manifest.PolicyYaml;
import dev.lockdown.need.Need;
import dev.lockdown.need.Party;
import dev.lockdown.rehearsal.Allowance.Peer;
import dev.lockdown.rehearsal.Allowance.Rule;
import dev.lockdown.state.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes proposed policies as YAML to commit: each rule under a comment that names its needs and where they are written. The same input
/// gives the same text.
final class ProposalYaml {
    /// A rule that forty clients need is not understood better by forty lines.
    private static final int MOST_NEEDS = 6;

    private ProposalYaml() {}

    static Proposal defaultDeny(String namespace) {
        return new Proposal(namespace + "-default-deny.yaml", """
            # Nothing reaches the pods of %1$s and they reach nothing, unless another policy allows it.
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: default-deny
              namespace: %2$s
            spec:
              podSelector: {}
              policyTypes: [Ingress, Egress]
            """.formatted(namespace, PolicyYaml.text(namespace)), List.of());
    }

    /// @param apiIsMadeUp whether the API's address is one for documentation, which the reader has to replace
    static Proposal of(Allowance allowance, boolean apiIsMadeUp) {
        var egress = allowance.direction == Direction.EGRESS;
        var yaml = new StringBuilder("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n");
        yaml.append("  name: ").append(PolicyYaml.text(allowance.name)).append("\n  namespace: ")
            .append(PolicyYaml.text(allowance.namespace))
            .append("\nspec:\n  podSelector: ").append(labels(allowance.selector)).append("\n  policyTypes: [")
            .append(egress ? "Egress" : "Ingress").append("]\n  ").append(egress ? "egress" : "ingress").append(":\n");
        allowance.rules().forEach((peer, rule) -> rule(peer, rule, egress, apiIsMadeUp, yaml));
        return new Proposal(allowance.namespace + "-" + allowance.name + ".yaml", yaml.toString(), allowance.needs());
    }

    private static void rule(Peer peer, Rule rule, boolean egress, boolean apiIsMadeUp, StringBuilder yaml) {
        rule.needs().stream().limit(MOST_NEEDS).flatMap(n -> comment(n).stream()).distinct()
            .forEach(c -> yaml.append("  # ").append(c).append('\n'));
        if (rule.needs().size() > MOST_NEEDS)
            yaml.append("  # and %s more like them\n".formatted(rule.needs().size() - MOST_NEEDS));
        if (rule.needs().stream().anyMatch(n -> n.to() instanceof Party.Api))
            api("A policy sees the API's endpoints, not its Service; they may move with the control plane.", apiIsMadeUp, yaml);
        if (rule.needs().stream().anyMatch(n -> n.from() instanceof Party.Api))
            api("The API server dials from its own address, or through a tunnel (konnectivity) from the tunnel's agents.", apiIsMadeUp,
                yaml);
        yaml.append("  - ").append(egress ? "to" : "from").append(":\n").append(peer(peer)).append("    ports:\n");
        for (var port : rule.ports()) yaml.append("    - ").append(port(port)).append('\n');
    }

    private static void api(String caveat, boolean madeUp, StringBuilder yaml) {
        yaml.append("  # ").append(caveat).append('\n');
        if (madeUp)
            yaml.append("  # REPLACE the address, which is none: kubectl get endpointslices -n default, or --api-server ADDRESS:PORT.\n");
    }

    /// @return the need, and of the places that say so the first
    private static List<String> comment(Need need) {
        var lines = new ArrayList<String>();
        var because = need.because().getFirst();
        lines
            .add("%s: %s%s".formatted(need, because, need.because().size() > 1 ? " and %s more".formatted(need.because().size() - 1) : ""));
        return lines;
    }

    private static String peer(Peer peer) {
        return switch (peer) {
            case Peer.Block(var cidr) -> "    - ipBlock: {cidr: %s}\n".formatted(cidr.contains(":") ? "\"" + cidr + "\"" : cidr);
            case Peer.Pods(var namespace, var labels) when namespace.isEmpty() -> "    - podSelector: %s\n".formatted(labels(labels));
            case Peer.Pods(var namespace, var labels) -> "    - namespaceSelector: %s\n%s".formatted(
                labels(Map.of("kubernetes.io/metadata.name", namespace)),
                labels.isEmpty() ? "" : "      podSelector: %s\n".formatted(labels(labels)));
        };
    }

    private static String labels(Map<String, String> labels) {
        if (labels.isEmpty()) return "{}";
        return labels.entrySet().stream().sorted(Map.Entry.comparingByKey())
            .map(l -> PolicyYaml.text(l.getKey()) + ": " + (l.getValue().isEmpty() ? "\"\"" : PolicyYaml.text(l.getValue())))
            .collect(Collectors.joining(", ", "{matchLabels: {", "}}"));
    }

    private static String port(Port port) {
        return "{protocol: %s, port: %s}".formatted(port.protocol(), port.number());
    }
}
