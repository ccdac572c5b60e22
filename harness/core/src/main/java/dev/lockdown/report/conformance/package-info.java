/// What a run of the conformance set came to, feature by feature: as lines, Markdown and JSON.
///
/// Enter at [Conformance], made of a run. Depends on report alone.
@NullMarked
package dev.lockdown.report.conformance;

import org.jspecify.annotations.NullMarked;
