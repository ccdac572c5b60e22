/// Samples of flows at a fixed rate: dials that overlap, what each of them saw, and what a rate costs. Enter at [FlowSampler].
@NullMarked
package dev.lockdown.probe.sample;

import org.jspecify.annotations.NullMarked;
