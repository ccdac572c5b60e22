package dev.lockdown.trial;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Probe;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the verdict steps of a scenario can claim something about, as far as that is known before they run. The baseline asks for these
/// flows and no other.
public sealed interface ForeseenFlows {
    /// Any flow may be claimed: a step speaks of all, or nobody can tell.
    ForeseenFlows EVERY = new Every(Set.of(), null);

    /// Whether something may be claimed of a probe.
    boolean include(Probe probe);

    /// The flows that are compared with the time before the first policy though nothing declares them, in every family.
    Set<Probe> remembered();

    /// Whether a step compares what is open with the time before a change.
    ///
    /// @param line of the step that makes the change
    boolean compares(int line);

    /// Any flow.
    ///
    /// @param compared the lines of the changes before which it is looked what is open; null where nobody can tell
    record Every(Set<Probe> remembered, @Nullable Set<Integer> compared) implements ForeseenFlows {
        public Every {
            remembered = Set.copyOf(remembered);
            compared = compared == null ? null : Set.copyOf(compared);
        }

        @Override
        public boolean compares(int line) {
            return compared == null || compared.contains(line);
        }

        @Override
        public boolean include(Probe probe) {
            return true;
        }
    }

    /// These flows in whatever family. On which node a pod runs is not known beforehand, so where the flows of one node are claimed, those
    /// of every node may be.
    ///
    /// @param probes over IPv4
    record Only(Set<Probe> probes, boolean ofNodes, Set<Probe> remembered) implements ForeseenFlows {
        public Only {
            probes = Set.copyOf(probes);
            remembered = Set.copyOf(remembered);
        }

        /// Whoever compares speaks of every flow.
        @Override
        public boolean compares(int line) {
            return false;
        }

        @Override
        public boolean include(Probe probe) {
            return ofNodes && isOfNode(probe) || probes.contains(inOneFamily(probe));
        }
    }

    /// Whether a probe comes in to a node or a load balancer from outside, which nothing declares and only the time before shows to be
    /// open.
    static boolean comesIn(Probe probe) {
        return probe instanceof Probe.Reach(var flow, _) && flow.source() instanceof Endpoint.Host
            && (flow.destination() instanceof Endpoint.LoadBalancer || flow.destination() instanceof Endpoint.Node);
    }

    /// These flows, and no other.
    static ForeseenFlows only(Collection<Probe> claimed, Set<Probe> remembered) {
        return new Only(claimed.stream().map(ForeseenFlows::inOneFamily).collect(Collectors.toSet()),
            claimed.stream().anyMatch(ForeseenFlows::isOfNode), remembered);
    }

    private static Probe inOneFamily(Probe probe) {
        if (probe.family() == Family.IPV4) return probe;
        return switch (probe) {
            case Probe.Reach(var flow, var fromPort) -> new Probe.Reach(inOneFamily(flow), fromPort);
            case Probe.Unasked(var flow) -> new Probe.Unasked(inOneFamily(flow));
            case Probe.Resolve(var source, var name, var transport, _) -> new Probe.Resolve(source, name, transport, Family.IPV4);
            case Probe.Ping(var source, var destination, _) -> new Probe.Ping(source, destination, Family.IPV4);
        };
    }

    private static Flow inOneFamily(Flow flow) {
        return new Flow(flow.source(), flow.destination(), flow.port(), Family.IPV4);
    }

    private static boolean isOfNode(Probe probe) {
        return probe.source() instanceof Endpoint.Node || switch (probe) {
            case Probe.Reach(var flow, _) -> flow.destination() instanceof Endpoint.Node;
            case Probe.Unasked(var flow) -> flow.destination() instanceof Endpoint.Node;
            case Probe.Ping(_, var destination, _) -> destination instanceof Endpoint.Node;
            case Probe.Resolve _ -> false;
        };
    }
}
