/// A night for those who do not open its page: a badge, a feed of what changed, JUnit's XML for a CI system, and Markdown for its summary.
///
/// Each class writes one file of the [dev.lockdown.nightly.NightFolder] from the [dev.lockdown.nightly.Findings]; [NightSummaries] writes all.
@NullMarked
package dev.lockdown.nightly.summary;

import org.jspecify.annotations.NullMarked;
