/// What the NetworkPolicy API leaves open, as a cluster answers it: measured, never looked up. Enter at [Fingerprinter].
///
/// Each [Trait] is found by changes, probes, samples and held connections of a scenario like any other, so that a real cluster and the
/// embedded one are measured in the same way.
@NullMarked
package dev.lockdown.fingerprint;

import org.jspecify.annotations.NullMarked;
