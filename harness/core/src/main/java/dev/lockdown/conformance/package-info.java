/// Writes the part of the specification that is too regular to be written by hand: every kind of peer, pair of peers, port, pair of
/// ports, target and conflict of policies, in both directions, as scenario outlines.
///
/// Enter at [Generated]. What is written are features like any others, kept beside those of people and run with them; their expectations
/// come from the tables of this package and not from the oracle, so that each checks the other. Depends on nothing.
@NullMarked
package dev.lockdown.conformance;

import org.jspecify.annotations.NullMarked;
