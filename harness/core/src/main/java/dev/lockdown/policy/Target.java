package dev.lockdown.policy;

import dev.lockdown.flow.Port;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where packets of a flow arrive.
///
/// @param port the port there
/// @param front what was dialled, if it is not the end itself
record Target(FlowEnd flowEnd, Port port, @Nullable Front front) {

    static Target direct(FlowEnd flowEnd, Port port) {
        return new Target(flowEnd, port, null);
    }

    /// Whether these are the backends of all nodes, of which one alone is chosen.
    static boolean areByOneNode(List<Target> targets) {
        return targets.stream().anyMatch(t -> t.front != null && t.front.is(Lead.BY_ONE_NODE));
    }

    /// A virtual address that was dialled, before DNAT.
    ///
    /// @param source with which the packets may arrive
    /// @param lead what else is to be known of the way from here
    record Front(FlowEnd.Machine address, Port port, SourceKept source, Set<Lead> lead) {
        Front {
            lead = Set.copyOf(lead);
        }

        boolean is(Lead that) {
            return lead.contains(that);
        }
    }

    /// What becomes of the source's address.
    sealed interface SourceKept {
        /// It is kept.
        record Always() implements SourceKept {}

        /// It may be another's, nobody knows whose.
        record OrSomebodys() implements SourceKept {}

        /// It may be that of one of these nodes.
        record OrOf(List<FlowEnd.Machine> nodes) implements SourceKept {
            public OrOf {
                nodes = List.copyOf(nodes);
            }
        }
    }

    enum Lead {
        /// Translated behind the source's own node, which has judged egress before.
        LATE,
        /// To the backends of one node alone, and nobody knows which.
        BY_ONE_NODE,
        /// By a node that drops it, since the backend is not its own.
        DROPPED
    }
}
