package dev.lockdown.policy;

/// What one side of a flow comes to: settled by the policies, or left open by the API.
public sealed interface Ruling permits Settled, OpenQuestion {}
