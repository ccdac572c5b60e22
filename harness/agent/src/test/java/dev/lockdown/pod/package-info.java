/// Tests of the line between the harness and its agents, and of both of its ends.
@NullMarked
package dev.lockdown.pod;

import org.jspecify.annotations.NullMarked;
