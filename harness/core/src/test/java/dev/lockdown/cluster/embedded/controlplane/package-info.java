@NullMarked
package dev.lockdown.cluster.embedded.controlplane;

import org.jspecify.annotations.NullMarked;
