@NullMarked
package dev.lockdown.mutation;

import org.jspecify.annotations.NullMarked;
