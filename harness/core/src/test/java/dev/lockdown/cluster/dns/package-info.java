/// Tests of the resolver.
@NullMarked
package dev.lockdown.cluster.dns;

import org.jspecify.annotations.NullMarked;
