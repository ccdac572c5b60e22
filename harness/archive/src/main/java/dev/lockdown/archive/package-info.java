/// What is shipped: the archive, which Maven assembles (`src/main/assembly`), and the container image, which is made of it here without a
/// daemon and without a registry.
///
/// Enter at [ImageBuild], which `./lockdown package --image` calls: a [BaseImage] is read, layers are written as [Blobs], and [OciLayout]
/// makes one file of them. The tests look at the archive that this very build made. Depends on nothing of Lockdown.
@NullMarked
package dev.lockdown.archive;

import org.jspecify.annotations.NullMarked;
