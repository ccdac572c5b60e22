/// The specification on many clusters: a [Matrix] of cells, each run by a process of its own into a folder of its own ([Night]), and what
/// the morning asks of them ([Findings]): what is different since the last run, since which version, and whether that was known.
///
/// Knows runs by their digests alone, and starts them by a command line that the edge hands over.
@NullMarked
package dev.lockdown.nightly;

import org.jspecify.annotations.NullMarked;
