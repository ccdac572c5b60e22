@NullMarked
package dev.lockdown.rehearsal;

import org.jspecify.annotations.NullMarked;
