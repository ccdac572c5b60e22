/// The words of steps as data: who is meant, which ports, which addresses, which times, and the tables in which they stand, with the cell of each
/// mistake. Knows nothing of a scenario.
@NullMarked
package dev.lockdown.spec.words;

import org.jspecify.annotations.NullMarked;
