@NullMarked
package dev.lockdown.cluster.embedded.netpol;

import org.jspecify.annotations.NullMarked;
