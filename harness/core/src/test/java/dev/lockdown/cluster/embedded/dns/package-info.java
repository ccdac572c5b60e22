@NullMarked
package dev.lockdown.cluster.embedded.dns;

import org.jspecify.annotations.NullMarked;
