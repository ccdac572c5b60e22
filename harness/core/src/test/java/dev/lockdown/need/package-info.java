@NullMarked
package dev.lockdown.need;

import org.jspecify.annotations.NullMarked;
