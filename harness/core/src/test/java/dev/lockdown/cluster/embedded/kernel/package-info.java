@NullMarked
package dev.lockdown.cluster.embedded.kernel;

import org.jspecify.annotations.NullMarked;
