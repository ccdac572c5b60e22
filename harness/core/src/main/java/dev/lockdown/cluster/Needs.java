package dev.lockdown.cluster;

import dev.lockdown.flow.Family;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a scenario asks of its cluster before it is made, from its tags.
///
/// @param nodes at least so many
/// @param families in order; the first is the one of flows whose step names none
/// @param established what must become of connections that stand when a policy starts to deny them, or null where that is all the same
public record Needs(int nodes, List<Family> families, @Nullable Established established) {
    public static final Needs DEFAULT = new Needs(2, List.of(Family.IPV4));

    public Needs {
        families = List.copyOf(families);
    }

    public Needs(int nodes, List<Family> families) {
        this(nodes, families, null);
    }
}
