/// One scenario's life without Gherkin: bring up, canary, baseline, change, converge, judge.
///
/// Enter at [Trial]. [Judge] is pure: outcomes and a control give a [Verdict], now or from a journal. Depends on cluster, policy
/// and journal.
@NullMarked
package dev.lockdown.trial;

import org.jspecify.annotations.NullMarked;
