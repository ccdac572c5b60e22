package dev.lockdown.nightly;

import dev.lockdown.manifest.yaml.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One cluster that the specification runs on, and how.
///
/// @param name unique in the matrix, fit for a file
/// @param at where it comes from in the matrix
/// @param settings which cluster it is, by the names of [Setting], in their order
/// @param features files and folders, as they are typed; never empty
/// @param tags an expression that narrows them, or null
/// @param priority the greater the earlier
/// @param deadline after which it is ended with what it has
/// @param arguments that `run` is given besides
/// @param fingerprint whether to take the cluster's fingerprint, too
public record MatrixCell(String name, Position at, Map<Setting, String> settings, List<String> features, @Nullable String tags,
        int priority, Duration deadline, List<String> arguments, boolean fingerprint) {
    public MatrixCell {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        features = List.copyOf(features);
        arguments = List.copyOf(arguments);
    }

    public @Nullable String setting(Setting setting) {
        return settings.get(setting);
    }

    /// What `run` is typed with: which features, on which cluster.
    public List<String> words() {
        var words = new ArrayList<>(features);
        if (tags != null) words.add(tags);
        words.addAll(clusterWords());
        words.addAll(arguments);
        return words;
    }

    /// Which cluster, in the options that every command has.
    public List<String> clusterWords() {
        var words = new ArrayList<String>();
        settings.forEach((setting, value) -> words.addAll(setting.words(value, this)));
        return words;
    }

    /// The settings as a history keeps them.
    public Map<String, String> named() {
        var named = new LinkedHashMap<String, String>();
        settings.forEach((setting, value) -> named.put(setting.key(), value));
        return named;
    }
}
