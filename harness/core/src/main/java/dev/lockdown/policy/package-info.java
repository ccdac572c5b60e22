/// The oracle: what NetworkPolicy v1 demands of a flow, and which policies and rules say so.
///
/// Enter at [Oracle]. Pure functions of a cluster's state; shares nothing with the embedded data plane, so that each checks
/// the other. Depends on state.
@NullMarked
package dev.lockdown.policy;

import org.jspecify.annotations.NullMarked;
