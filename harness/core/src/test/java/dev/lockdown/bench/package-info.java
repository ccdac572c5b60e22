@NullMarked
package dev.lockdown.bench;

import org.jspecify.annotations.NullMarked;
