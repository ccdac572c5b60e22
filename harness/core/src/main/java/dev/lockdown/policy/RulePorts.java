package dev.lockdown.policy;

import dev.lockdown.flow.Port;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy.Rule;
import dev.lockdown.state.Pod;
import java.util.List;
import java.util.stream.Collectors;

/// The ports of rules: which ones a rule admits, and how they are said.
final class RulePorts {

    private RulePorts() {}

    /// Whether the rule admits the port by number, whoever the destination is.
    static boolean byNumber(Rule rule, Port port) {
        if (rule.ports().isEmpty()) return true;
        for (var wanted : rule.ports()) if (byNumber(wanted, port)) return true;
        return false;
    }

    private static boolean byNumber(PolicyPort wanted, Port port) {
        return wanted.protocol() == port.protocol() && switch (wanted) {
            case PolicyPort.Any _ -> true;
            case PolicyPort.Range(_, var first, var last) -> first <= port.number() && port.number() <= last;
            case PolicyPort.Named _ -> false;
        };
    }

    /// Whether the rule admits the port by a name that the destination pod gives it.
    static boolean byName(Rule rule, Port port, Pod destination) {
        for (var wanted : rule.ports())
            if (wanted instanceof PolicyPort.Named named && resolves(named, port, destination)) return true;
        return false;
    }

    static boolean resolves(PolicyPort.Named wanted, Port port, Pod destination) {
        if (wanted.protocol() != port.protocol()) return false;
        return destination.ports().stream().anyMatch(p -> p.port().equals(port) && p.name().equals(wanted.name()));
    }

    /// The rule's ports, for people: `TCP/80, TCP/32000-32768, UDP`.
    static String text(List<PolicyPort> ports) {
        return ports.stream().map(RulePorts::text).collect(Collectors.joining(", "));
    }

    private static String text(PolicyPort port) {
        return switch (port) {
            case PolicyPort.Any(var protocol) -> protocol.toString();
            case PolicyPort.Range(var protocol, var first, var last) ->
                first == last ? protocol + "/" + first : "%s/%s-%s".formatted(protocol, first, last);
            case PolicyPort.Named(var protocol, var name) -> protocol + "/" + name;
        };
    }
}
