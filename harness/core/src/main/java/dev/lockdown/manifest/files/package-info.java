/// What people name on a command line as text to be read: files, folders, standard input, and what kubectl, kustomize or helm render.
///
/// Enter by [ManifestFiles] and [Rendering]; depends on `manifest.yaml` alone.
@NullMarked
package dev.lockdown.manifest.files;

import org.jspecify.annotations.NullMarked;
