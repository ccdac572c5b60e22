@NullMarked
package dev.lockdown.spec;

import org.jspecify.annotations.NullMarked;
