package dev.lockdown.trial;

import dev.lockdown.flow.Probe;
import java.util.Set;

/// What a scenario will ask later, as far as the baseline must know it.
///
/// @param names that every pod tries to resolve
/// @param opened whether flows will be compared with those that were shut before a change
/// @param pings whether pods will be asked for by ICMP
/// @param flows of all that the pods make possible, those that the baseline asks for
public record BaselineNeeds(Set<Name> names, boolean opened, boolean pings, ForeseenFlows flows) {
    public BaselineNeeds {
        names = Set.copyOf(names);
    }

    /// With every flow.
    public BaselineNeeds(Set<Name> names, boolean opened, boolean pings) {
        this(names, opened, pings, ForeseenFlows.EVERY);
    }

    /// With every flow, and without pings.
    public BaselineNeeds(Set<Name> names, boolean opened) {
        this(names, opened, false);
    }

    /// The same of these flows alone.
    public BaselineNeeds of(ForeseenFlows foreseen) {
        return new BaselineNeeds(names, opened, pings, foreseen);
    }

    public record Name(String name, Probe.Transport transport) {}
}
