@NullMarked
package dev.lockdown.rehearsal.page;

import org.jspecify.annotations.NullMarked;
