@NullMarked
package dev.lockdown.cluster.embedded.watch;

import org.jspecify.annotations.NullMarked;
