package dev.lockdown.history;

/// What was seen of one flow in one step.
///
/// @param agrees whether the step claims that
public record FlowVerdict(FlowKey flow, FlowResult seen, boolean agrees) {}
