package dev.lockdown.mutation;

import dev.lockdown.state.NetworkPolicy;
import org.jspecify.annotations.Nullable;

/// One change of a policy.
///
/// @param part what is changed: `egress[0].to[1]`; empty for the whole policy
/// @param change in words: `left out`
/// @param result the policy afterwards, or null where it is left out
record Mutation(String part, String change, @Nullable NetworkPolicy result) {}
