@NullMarked
package dev.lockdown.graph;

import org.jspecify.annotations.NullMarked;
