/// YAML text to cluster state: [Manifests] reads what people keep in files and policies quoted in a feature.
///
/// Parses once, strictly, with the file, line and column of everything it refuses ([ManifestException]). Depends on state.
@NullMarked
package dev.lockdown.manifest;

import dev.lockdown.manifest.yaml.ManifestException;
import org.jspecify.annotations.NullMarked;
