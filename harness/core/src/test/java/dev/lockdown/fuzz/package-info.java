@NullMarked
package dev.lockdown.fuzz;

import org.jspecify.annotations.NullMarked;
