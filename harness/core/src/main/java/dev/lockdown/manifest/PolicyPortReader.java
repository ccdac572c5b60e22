package dev.lockdown.manifest;

import dev.lockdown.manifest.yaml.Protocols;
import dev.lockdown.manifest.yaml.Value;
import dev.lockdown.state.NetworkPolicy.PolicyPort;

/// Reads one entry of a rule's `ports`.
final class PolicyPortReader {
    private PolicyPortReader() {}

    static PolicyPort read(Value value) {
        var fields = value.fields().only("protocol", "port", "endPort");
        var protocol = Protocols.of(fields);
        var port = fields.get("port");
        var end = fields.get("endPort");
        if (port == null) {
            if (end != null) throw PolicyProblems.endPortAlone(fields);
            return new PolicyPort.Any(protocol);
        }
        if (port.isString()) {
            var name = PortNames.read(port);
            if (end != null) throw PolicyProblems.endPortOfName(fields, name);
            return new PolicyPort.Named(protocol, name);
        }
        int first = port.portNumber();
        if (end == null) return new PolicyPort.Range(protocol, first, first);
        int last = end.portNumber();
        if (last < first) throw PolicyProblems.endPortBelowPort(fields, first, last);
        return new PolicyPort.Range(protocol, first, last);
    }
}
