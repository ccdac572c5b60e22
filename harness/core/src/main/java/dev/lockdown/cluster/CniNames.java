package dev.lockdown.cluster;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The network plugins that can be had by name, each with its versions.
///
/// @param versions by name, the newest first; none for one that has no versions of its own
public record CniNames(Map<String, List<String>> versions) {
    /// Where any name may be one.
    public static final CniNames UNKNOWN = new CniNames(Map.of());

    public CniNames {
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    }

    public boolean isUnknown() {
        return versions.isEmpty();
    }
}
