/// One end of a connection that is held open: numbered beats that it sends, and those that it hears. Enter at [HeldEnd].
@NullMarked
package dev.lockdown.probe.held;

import org.jspecify.annotations.NullMarked;
