@NullMarked
package dev.lockdown.spec.selection;

import org.jspecify.annotations.NullMarked;
