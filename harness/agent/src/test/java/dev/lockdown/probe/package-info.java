@NullMarked
package dev.lockdown.probe;

import org.jspecify.annotations.NullMarked;
