@NullMarked
package dev.lockdown.cluster.embedded.defect;

import org.jspecify.annotations.NullMarked;
