package dev.lockdown.verdict;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.Direction;
import org.jspecify.annotations.Nullable;

/// Where what a node has programmed for one end of a flow is, or is not, as the oracle expects.
public sealed interface RuleFact {
    /// For which end: the source's for egress, the destination's for ingress.
    Direction direction();

    /// Policies isolate the pod, and no rule sends its packets through theirs.
    record NoChain(Direction direction, String address) implements RuleFact {}

    /// None of the rules through which the flow comes is of a policy that should let it through.
    record NoRule(Direction direction, NamespacedName policy) implements RuleFact {}

    /// A policy that should let it through has rules, and none for the port.
    record NoPort(Direction direction, NamespacedName policy, String chain, @Nullable Port port) implements RuleFact {}

    /// A rule of a policy that should let it through asks a set for an address that is not in it.
    record SetLacks(Direction direction, NamespacedName policy, String chain, String set, String address) implements RuleFact {}

    /// A rule of a policy that should not let it through does.
    record LetsThrough(Direction direction, NamespacedName policy, String chain, String rule) implements RuleFact {}

    /// By a set that has an address which the oracle does not expect in it.
    record SetHas(Direction direction, NamespacedName policy, String chain, String set, String address) implements RuleFact {}

    /// Nothing is found to be otherwise.
    record AsExpected(Direction direction) implements RuleFact {}
}
