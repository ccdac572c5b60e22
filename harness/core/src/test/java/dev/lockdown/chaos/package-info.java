@NullMarked
package dev.lockdown.chaos;

import org.jspecify.annotations.NullMarked;
