package dev.lockdown.flow;

import java.time.Instant;
import java.util.List;

/// A probe, what it saw, and what the data plane says of it.
///
/// @param at when the probe ended, on the agent's wall clock
/// @param drops the data plane's own reports, empty where it makes none
public record Observation(Probe probe, Outcome outcome, Instant at, List<Drop> drops) {
    public Observation {
        drops = List.copyOf(drops);
    }
}
