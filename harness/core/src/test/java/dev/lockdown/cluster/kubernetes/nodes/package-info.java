@NullMarked
package dev.lockdown.cluster.kubernetes.nodes;

import org.jspecify.annotations.NullMarked;
