@NullMarked
package dev.lockdown.cluster.embedded.proxy;

import org.jspecify.annotations.NullMarked;
