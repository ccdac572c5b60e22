@NullMarked
package dev.lockdown.check;

import org.jspecify.annotations.NullMarked;
