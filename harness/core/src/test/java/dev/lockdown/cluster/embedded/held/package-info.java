@NullMarked
package dev.lockdown.cluster.embedded.held;

import org.jspecify.annotations.NullMarked;
