@NullMarked
package dev.lockdown.disruption;

import org.jspecify.annotations.NullMarked;
