/// What a run came to, computed from its journal.
///
/// Enter at [Run], made of a journal's entries; [Failure] is what went wrong in a scenario. The sub-packages say it:
/// `text` on a terminal, `html` as a page, `json` and `junit` for CI, `conformance` as a table by feature. Words about
/// verdicts come from the verdict package, and nothing here reads text back. Depends on verdict and journal.
@NullMarked
package dev.lockdown.report;

import org.jspecify.annotations.NullMarked;
