package dev.lockdown.trial;

import dev.lockdown.flow.Probe;
import java.util.Set;

/// What a scenario will ask later, as far as the baseline must know it.
///
/// @param names that every pod tries to resolve
/// @param opened whether flows will be compared with those that were shut before a change
public record Foresight(Set<Name> names, boolean opened) {
    public Foresight {
        names = Set.copyOf(names);
    }

    public record Name(String name, Probe.Transport transport) {}
}
