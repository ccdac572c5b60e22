@NullMarked
package dev.lockdown.table;

import org.jspecify.annotations.NullMarked;
