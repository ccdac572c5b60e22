/// The oracle: what NetworkPolicy v1 demands of a flow, and which policies and rules say so.
///
/// Enter at [Oracle]: an [Expectation] of one flow or a million, an [Explanation] of one. `Routes` says who the ends are after DNAT,
/// `Rules` what the policies say of them (`CompiledRules` fast, `RuleReader` with reasons), `Sides` adds what no rule knows: own address,
/// own node, and what the API leaves open ([OpenQuestion]).
///
/// Pure functions of a cluster's state; shares nothing with the embedded data plane, so that each checks the other. Depends on state.
@NullMarked
package dev.lockdown.policy;

import org.jspecify.annotations.NullMarked;
