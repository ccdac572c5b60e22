package dev.lockdown.nightly;

import dev.lockdown.manifest.yaml.Documents;
import dev.lockdown.manifest.yaml.FieldProblems;
import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.yaml.Source;
import dev.lockdown.manifest.yaml.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The deviations that are known.
///
/// ```yaml
/// deviations:
/// - cni: kube-router
///   versions: "<2.6.4"
///   feature: features/both-sides.feature
///   scenario: One side is enough *
///   reason: an egress rule of one policy admits ingress
///   link: https://github.com/cloudnativelabs/kube-router/issues/…
/// ```
public record Deviations(List<Deviation> all) {
    public static final Deviations NONE = new Deviations(List.of());
    private static final String EXAMPLE = "reason: pods that share a port get wrong sets of named ports";

    public Deviations {
        all = List.copyOf(all);
    }

    /// @param file as it is named in messages
    /// @throws ManifestException with every mistake at once
    public static Deviations read(String file, String text) {
        var documents = Documents.of(new Source(Position.startOf(file), text));
        if (documents.isEmpty()) return NONE;
        var fields = new Value(documents.getFirst().root(), "file").fields().only("deviations");
        var all = new ArrayList<Deviation>();
        var mistakes = new ArrayList<ManifestException>();
        for (var item : fields.items("deviations")) {
            try {
                all.add(deviation(item.fields()));
            } catch (ManifestException e) {
                mistakes.add(e);
            }
        }
        if (!mistakes.isEmpty()) throw ManifestException.ofAll(mistakes);
        return new Deviations(all);
    }

    private static Deviation deviation(Fields fields) {
        fields.only("cni", "versions", "feature", "scenario", "flow", "reason", "link", "sometimes");
        var cni = fields.need("cni", "cni: kube-router").text();
        var reason = fields.need("reason", EXAMPLE).text();
        if (fields.get("feature") == null && fields.get("scenario") == null && fields.get("flow") == null)
            throw FieldProblems.missing(fields.at(), fields.path(), "scenario", "scenario: Names resolve again*");
        return new Deviation(fields.at(), cni, fields.find("versions").map(Deviations::range).orElse(null), text(fields, "feature"),
            text(fields, "scenario"), text(fields, "flow"), reason, text(fields, "link"),
            fields.find("sometimes").map(Value::flag).orElse(false));
    }

    private static VersionRange range(Value value) {
        try {
            return VersionRange.parse(value.text());
        } catch (IllegalArgumentException _) {
            throw FieldProblems.badText(value, value.text(), "a range of versions, such as \">=2.0 <2.6.4\"");
        }
    }

    private static @Nullable String text(Fields fields, String field) {
        return fields.find(field).map(Value::text).orElse(null);
    }
}
