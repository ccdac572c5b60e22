@NullMarked
package dev.lockdown.cluster.embedded;

import org.jspecify.annotations.NullMarked;
