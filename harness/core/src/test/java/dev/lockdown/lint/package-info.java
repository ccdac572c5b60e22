@NullMarked
package dev.lockdown.lint;

import org.jspecify.annotations.NullMarked;
