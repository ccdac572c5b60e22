package dev.lockdown.policy;

import dev.lockdown.state.Direction;

/// Where in a policy's spec something stands: `ingress[0].from[1]`.
///
/// @param peer the entry of `from` or `to`, or -1 where the rule as a whole is meant because it names no peers
public record RulePath(Direction direction, int rule, int peer) {

    /// The rule without its peer: `ingress[0]`.
    public String ruleAlone() {
        return direction + "[" + rule + "]";
    }

    @Override
    public String toString() {
        if (peer < 0) return ruleAlone();
        return ruleAlone() + (direction == Direction.INGRESS ? ".from[" : ".to[") + peer + "]";
    }
}
