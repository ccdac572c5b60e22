/// The append-only record of a run: states, changes sent and answered, observations, and what was judged of them.
///
/// Enter at [Journal] to write (into a [RunFolder]) and [JournalReader] to read; an [Entry] is one JSON line. Depends on verdict,
/// policy and state.
@NullMarked
package dev.lockdown.journal;

import org.jspecify.annotations.NullMarked;
