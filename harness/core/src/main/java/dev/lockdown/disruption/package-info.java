/// What may be done to a cluster on purpose while flows are watched, as data: a closed vocabulary.
///
/// Enter at [Disruption]. An [ObjectDisruption] is made of changes, which every cluster takes; a [ClusterDisruption] a cluster does
/// itself, if it can. A [Schedule] says in which order they come. Depends on flow and state.
@NullMarked
package dev.lockdown.disruption;

import org.jspecify.annotations.NullMarked;
