/// What behaves otherwise in one run than in another: [Comparison] as data, and how it is shown.
///
/// Scenarios, steps and flows are found again by their names, since lines move. What is noise is no change: whether something blocked was
/// dropped or rejected is compared by scenario and protocol, for kernels limit their rejects, and times by a rank test.
@NullMarked
package dev.lockdown.comparison;

import org.jspecify.annotations.NullMarked;
