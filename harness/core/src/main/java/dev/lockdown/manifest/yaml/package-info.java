/// YAML and JSON as kubectl reads them, with the place of every value: [Documents] gives trees, [Fields] and [Value] read them field by
/// field, and [ManifestException] says what is wrong and where.
///
/// Knows nothing of kinds of objects; depends on `state` alone.
@NullMarked
package dev.lockdown.manifest.yaml;

import org.jspecify.annotations.NullMarked;
