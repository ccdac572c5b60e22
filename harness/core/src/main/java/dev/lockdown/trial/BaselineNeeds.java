package dev.lockdown.trial;

import dev.lockdown.flow.Probe;
import java.util.Set;

/// What a scenario will ask later, as far as the baseline must know it.
///
/// @param names that every pod tries to resolve
/// @param opened whether flows will be compared with those that were shut before a change
/// @param pings whether pods will be asked for by ICMP
public record BaselineNeeds(Set<Name> names, boolean opened, boolean pings) {
    public BaselineNeeds {
        names = Set.copyOf(names);
    }

    public BaselineNeeds(Set<Name> names, boolean opened) {
        this(names, opened, false);
    }

    public record Name(String name, Probe.Transport transport) {}
}
