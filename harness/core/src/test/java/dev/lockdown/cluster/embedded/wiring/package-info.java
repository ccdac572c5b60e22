@NullMarked
package dev.lockdown.cluster.embedded.wiring;

import org.jspecify.annotations.NullMarked;
