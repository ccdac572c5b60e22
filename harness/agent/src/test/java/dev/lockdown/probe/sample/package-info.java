@NullMarked
package dev.lockdown.probe.sample;

import org.jspecify.annotations.NullMarked;
