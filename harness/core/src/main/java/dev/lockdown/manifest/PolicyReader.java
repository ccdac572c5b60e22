package dev.lockdown.manifest;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.yaml.FieldProblems;
import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.NetworkPolicy.Rule;
import dev.lockdown.state.NetworkPolicy;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Reads the spec of a NetworkPolicy as the API server validates it, and remarks on what it accepts but hardly anybody means.
///
/// @see <a href="https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/">NetworkPolicy v1</a>
final class PolicyReader {
    private final NamespacedName name;
    private final ManifestNotes notes;
    private final PeerReader peers;

    PolicyReader(NamespacedName name, ManifestNotes notes) {
        this.name = name;
        this.notes = notes;
        this.peers = new PeerReader(name, notes);
    }

    NetworkPolicy read(Fields root) {
        var value = root.get("spec");
        if (value == null) throw PolicyProblems.noSpec(root);
        var spec = value.fields().only("podSelector", "policyTypes", "ingress", "egress");
        var types = types(spec);
        var policy = new NetworkPolicy(name, subjects(spec), types, rules(spec, "ingress", "from"), rules(spec, "egress", "to"));
        for (var direction : Direction.values()) {
            if (!types.isEmpty() && !types.contains(direction) && !policy.rules(direction).isEmpty())
                notes.warn(spec.at(direction.toString()), "NetworkPolicy", name,
                    "the %s rules of NetworkPolicy %s have no effect: policyTypes does not name %s"
                        .formatted(direction, name, word(direction)));
        }
        return policy;
    }

    private LabelSelector subjects(Fields spec) {
        var selector = spec.get("podSelector");
        if (selector != null) return SelectorReader.read(selector);
        notes.warn(spec.at(), "NetworkPolicy", name,
            "NetworkPolicy %s has no podSelector: it selects every pod of its namespace".formatted(name));
        return LabelSelector.EVERYTHING;
    }

    private static Set<Direction> types(Fields spec) {
        var values = spec.items("policyTypes");
        if (values.size() > 2) throw PolicyProblems.tooManyTypes(spec, values.size());
        var types = EnumSet.noneOf(Direction.class);
        for (var value : values) {
            types.add(switch (value.text()) {
                case "Ingress" -> Direction.INGRESS;
                case "Egress" -> Direction.EGRESS;
                case String other -> throw FieldProblems.notAmong(value, other, List.of("Ingress", "Egress"), null);
            });
        }
        return types;
    }

    private List<Rule> rules(Fields spec, String field, String peerField) {
        return spec.items(field).stream().map(rule -> {
            var fields = rule.fields().only(peerField, "ports");
            return new Rule(fields.items(peerField).stream().map(peers::read).toList(),
                fields.items("ports").stream().map(PolicyPortReader::read).toList());
        }).toList();
    }

    private static String word(Direction direction) {
        return switch (direction) {
            case INGRESS -> "Ingress";
            case EGRESS -> "Egress";
        };
    }
}
