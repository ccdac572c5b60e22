/// What a run came to, computed from its journal.
///
/// Enter at [Run], made of a journal's entries; [Fault] is what went wrong in a scenario. The sub-packages say it:
/// `text` on a terminal, `html` as a page, `junit` for CI, `conformance` as a table by feature. Depends on journal.
@NullMarked
package dev.lockdown.report;

import org.jspecify.annotations.NullMarked;
