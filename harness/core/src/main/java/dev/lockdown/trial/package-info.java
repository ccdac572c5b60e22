/// One scenario's life without Gherkin: bring up, canary, baseline, change, converge, judge.
///
/// Enter at [Trial]. What was asked becomes cells in [ProbeRounds] and a judgement in [VerdictBlock]; everything is written to the
/// scenario's journal. Depends on cluster, manifest, verdict and journal.
@NullMarked
package dev.lockdown.trial;

import org.jspecify.annotations.NullMarked;
