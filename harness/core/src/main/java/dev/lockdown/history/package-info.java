/// What is kept of runs for years: of each a [RunDigest], a small file of typed verdicts, windows and times, in a [HistoryFolder].
///
/// A digest is computed from a [dev.lockdown.report.Run], that is from its journal alone; `DigestWriter` and `DigestReader` are its one
/// encoding. Nothing here compares: see [dev.lockdown.comparison].
@NullMarked
package dev.lockdown.history;

import org.jspecify.annotations.NullMarked;
