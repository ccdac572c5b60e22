package dev.lockdown.policy;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Port;
import dev.lockdown.state.Direction;

/// What the rules alone say of a peer: [CompiledRules] fast and for many flows, [RuleReader] slowly and with reasons.
///
/// A rule without peers admits everybody. Selectors match pods; an ipBlock matches the addresses of nodes (the documentation offers it for
/// hostNetwork traffic, which is node traffic) and of machines outside, and is open for pods.
interface Rules {

    /// @return `NOT_ISOLATED`, `ADMITTED`, `REFUSED`, or one of the questions about a peer
    Ruling of(FlowEnd.Member subject, Direction direction, FlowEnd peer, Port port, Family family);
}
