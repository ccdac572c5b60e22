package dev.lockdown.cluster;

import dev.lockdown.flow.Family;
import java.util.List;

/// What a scenario asks of its cluster before it is made, from its tags.
///
/// @param nodes at least so many
/// @param families in order; the first is the one of flows whose step names none
public record Needs(int nodes, List<Family> families) {
    public static final Needs DEFAULT = new Needs(2, List.of(Family.IPV4));

    public Needs {
        families = List.copyOf(families);
    }
}
