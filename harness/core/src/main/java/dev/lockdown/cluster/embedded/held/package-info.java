/// Connections that are held open, with numbered beats both ways. Enter at `BeatLoop`. May use `dial` and `kernel`.
@NullMarked
package dev.lockdown.cluster.embedded.held;

import org.jspecify.annotations.NullMarked;
