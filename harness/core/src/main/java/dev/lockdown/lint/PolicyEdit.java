package dev.lockdown.lint;

import dev.lockdown.policy.Repair;
import dev.lockdown.state.NetworkPolicy;

/// A policy with one part of it written otherwise.
///
/// @param part such as `ingress[0].from[1].podSelector.matchLabels.app`; empty for the policy itself
record PolicyEdit(Repair.Kind kind, NetworkPolicy before, NetworkPolicy after, String part, String written, String meant) {}
