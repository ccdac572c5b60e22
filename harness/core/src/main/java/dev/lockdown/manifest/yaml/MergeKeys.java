package dev.lockdown.manifest.yaml;

import java.util.List;
import java.util.Map;

/// The merge key `<<`, which YAML 1.1 knows and Kubernetes' reader honours: what the mapping says itself wins, then the first.
///
/// @see <a href="https://yaml.org/type/merge.html">merge keys</a>
public final class MergeKeys {
    private MergeKeys() {}

    static void resolve(Map<String, Yaml.Entry> entries) {
        var merge = entries.get("<<");
        if (merge == null || merge.key().kind() != Scalars.Kind.STRING) return;
        entries.remove("<<");
        var sources = merge.value() instanceof Yaml.Sequence(var items, _, _) ? items : List.of(merge.value());
        for (var source : sources) {
            if (!(source instanceof Yaml.Mapping mapping)) throw YamlProblems.mergeOfNoMapping(source);
            mapping.entries().forEach(entries::putIfAbsent);
        }
    }
}
