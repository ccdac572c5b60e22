/// Tests of the seam.
@NullMarked
package dev.lockdown.cluster;

import org.jspecify.annotations.NullMarked;
