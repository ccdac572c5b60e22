@NullMarked
package dev.lockdown.cluster.kubernetes.pool;

import org.jspecify.annotations.NullMarked;
