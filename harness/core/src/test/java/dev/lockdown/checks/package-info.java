/// Checks of the house itself: which package may use which, and that tests run apart from the host's network.
@NullMarked
package dev.lockdown.checks;

import org.jspecify.annotations.NullMarked;
