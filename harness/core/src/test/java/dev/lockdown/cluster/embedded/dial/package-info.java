@NullMarked
package dev.lockdown.cluster.embedded.dial;

import org.jspecify.annotations.NullMarked;
