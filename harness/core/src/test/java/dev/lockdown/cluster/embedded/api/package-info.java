@NullMarked
package dev.lockdown.cluster.embedded.api;

import org.jspecify.annotations.NullMarked;
