package dev.lockdown.verdict;

import dev.lockdown.state.PluginVersion;
import org.jspecify.annotations.Nullable;

/// A known defect of the cluster's network plugin that would do to a flow what was seen.
///
/// @param version that runs there, or null where nothing says it
public record FoundDefect(KnownDefect defect, @Nullable PluginVersion version) {
    /// Whether that very version is known to have it.
    public boolean isKnown() {
        return defect.isKnownIn(version);
    }
}
