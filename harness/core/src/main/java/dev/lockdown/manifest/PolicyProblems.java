package dev.lockdown.manifest;

import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.manifest.yaml.Value;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.LabelSelector.Operator;

/// What the API server refuses in a NetworkPolicy.
final class PolicyProblems {
    private PolicyProblems() {}

    /// The API server would default it, to a policy that denies all ingress of every pod: nobody leaves a spec out for that.
    static ManifestException noSpec(Fields policy) {
        return ManifestException.at(policy.isEmpty("spec") ? policy.at("spec") : policy.at(), "NetworkPolicy has no spec",
            "write one; a policy that denies all ingress has spec: {podSelector: {}, policyTypes: [Ingress]}");
    }

    static ManifestException tooManyTypes(Fields spec, int count) {
        return ManifestException.at(spec.at("policyTypes"), "%s has %s entries".formatted(spec.pathOf("policyTypes"), count),
            "expected Ingress, Egress or both");
    }

    static ManifestException emptyPeer(Fields peer) {
        return ManifestException.at(peer.at(),
            "%s selects nothing: a peer needs podSelector, namespaceSelector or ipBlock".formatted(peer.path()),
            "every pod of the policy's namespace is podSelector: {}, every pod of all namespaces namespaceSelector: {}; "
                + "for everybody leave the list of peers out");
    }

    static ManifestException blockBesideSelector(Fields peer, String selector) {
        return ManifestException.at(peer.at("ipBlock"), "%s has ipBlock beside %s".formatted(peer.path(), selector),
            "a peer is addresses or pods, not both; write two entries, each with its own dash");
    }

    static ManifestException badCidr(Value value, String why) {
        return ManifestException.at(value.at(), "%s %s".formatted(value.path(), why),
            "expected an address, a slash and a prefix length, such as 10.0.0.0/8, 192.0.2.7/32 or 2001:db8::/32");
    }

    static ManifestException exceptNotInside(Value value, Cidr except, Cidr cidr) {
        return ManifestException.at(value.at(), "%s %s is not strictly inside %s".formatted(value.path(), except, cidr),
            "an exception takes a part out of its cidr: the same addresses with a longer prefix, at least /%s"
                .formatted(Math.min(cidr.prefixLength() + 1, cidr.network().getAddress().length * 8)));
    }

    static ManifestException quotedPort(Value value, String digits) {
        return ManifestException.at(value.at(), "%s is the string \"%s\"".formatted(value.path(), digits),
            "expected a number without quotes: %s, or the name of a port, which has a letter".formatted(digits));
    }

    static ManifestException endPortAlone(Fields port) {
        return ManifestException.at(port.at("endPort"), "%s has endPort without port".formatted(port.path()),
            "a range needs both, such as port: 32000 and endPort: 32768");
    }

    static ManifestException endPortOfName(Fields port, String name) {
        return ManifestException.at(port.at("endPort"), "%s has endPort beside the named port \"%s\"".formatted(port.path(), name),
            "a range begins with a number; write the number of the port, or remove endPort");
    }

    static ManifestException endPortBelowPort(Fields port, int first, int last) {
        return ManifestException.at(port.at("endPort"), "%s is %s, below port %s".formatted(port.pathOf("endPort"), last, first),
            "a range runs upwards; did you mean port: %s and endPort: %s?".formatted(last, first));
    }

    static ManifestException operatorWithoutValues(Fields requirement, Operator operator) {
        return ManifestException.at(requirement.at("operator"), "%s has operator %s without values".formatted(requirement.path(), operator),
            "give at least one, such as values: [web], or use %s"
                .formatted(operator == Operator.IN ? Operator.EXISTS : Operator.DOES_NOT_EXIST));
    }

    static ManifestException operatorWithValues(Fields requirement, Operator operator) {
        return ManifestException.at(requirement.at("values"), "%s has operator %s with values".formatted(requirement.path(), operator),
            "remove the values, or use %s".formatted(operator == Operator.EXISTS ? Operator.IN : Operator.NOT_IN));
    }
}
