/// The words of a connection: what is asked ([Probe], made of a [Flow]) and what was seen ([Observation], holding an [Outcome]).
///
/// Plain data without I/O, shared by the agent in the pod and the harness outside. Depends on nothing.
@NullMarked
package dev.lockdown.flow;

import org.jspecify.annotations.NullMarked;
