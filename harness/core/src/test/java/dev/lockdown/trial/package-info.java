@NullMarked
package dev.lockdown.trial;

import org.jspecify.annotations.NullMarked;
