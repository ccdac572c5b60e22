package dev.lockdown.manifest;

import dev.lockdown.manifest.yaml.Documents;
import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.yaml.Source;
import dev.lockdown.manifest.yaml.Yaml;
import java.util.HashMap;
import java.util.Map;

/// Says in which line of its file each part of an object's spec is written: `egress[0].to[1]` of a policy, `ports[0].targetPort` of a
/// Service.
public final class PolicyPlaces {
    private final Resource written;
    private final Map<String, Integer> lines = new HashMap<>();

    private PolicyPlaces(Resource written) {
        this.written = written;
        try {
            for (var document : Documents.of(new Source(Position.startOf(written.at().file()), written.text())))
                if (document.root() instanceof Yaml.Mapping root) add(root);
        } catch (ManifestException _) {
            // It is part of a text whose anchors stand elsewhere; the object's own line has to do.
        }
    }

    public static PolicyPlaces of(Resource written) {
        return new PolicyPlaces(written);
    }

    /// Locate a part, or the next bigger one that is written.
    public Position of(String part) {
        for (var at = part; !at.isEmpty(); at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))))) {
            var line = lines.get(at);
            if (line != null) return new Position(written.at().file(), line, 1);
        }
        return written.at();
    }

    private void add(Yaml.Mapping root) {
        var spec = root.entries().get("spec");
        if (spec != null) add("", spec.value(), written.at().line() - root.at().line());
    }

    private void add(String path, Yaml node, int offset) {
        switch (node) {
            case Yaml.Mapping mapping -> mapping.entries().forEach((name, entry) -> {
                var part = path.isEmpty() ? name : path + "." + name;
                lines.put(part, entry.key().at().line() + offset);
                add(part, entry.value(), offset);
            });
            case Yaml.Sequence sequence -> {
                for (int i = 0; i < sequence.items().size(); i++) {
                    var part = "%s[%s]".formatted(path, i);
                    lines.put(part, sequence.items().get(i).at().line() + offset);
                    add(part, sequence.items().get(i), offset);
                }
            }
            case Yaml.Scalar _ -> {}
        }
    }
}
