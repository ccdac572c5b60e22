package dev.lockdown.cluster.kubernetes.agent;

import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.flow.Protocol;
import dev.lockdown.pod.AgentRequest;
import dev.lockdown.pod.AgentResponse;
import dev.lockdown.state.Pod;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Which protocols the kernels of the nodes have, as the agents on them say. They are asked once in a run, and only where pods serve such a
/// protocol or a scenario cannot do without it: the question makes a kernel load a module. Used by one thread at a time.
public final class NodeProtocols {
    private final AgentCalls calls;
    private final Map<String, String> names;
    private final Map<String, Boolean> sctp = new TreeMap<>();
    private Set<Protocol> needed = Set.of();

    /// @param names of the nodes in the cluster, by those that features use
    public NodeProtocols(AgentCalls calls, Map<String, String> names) {
        this.calls = calls;
        this.names = Map.copyOf(names);
    }

    /// A scenario begins.
    ///
    /// @param protocols that it cannot do without
    public void need(Set<Protocol> protocols) {
        needed = Set.copyOf(protocols);
    }

    /// Ask the nodes that were not asked yet, where there is a reason to.
    ///
    /// @param started pods that have just begun
    /// @param nodes their agents, by the names that features use
    /// @throws UnsupportedException if the scenario cannot do without what a node lacks
    public void ask(Collection<Pod> started, Map<String, AgentPod> nodes) {
        boolean served = started.stream().flatMap(p -> p.ports().stream()).anyMatch(c -> c.port().protocol() == Protocol.SCTP);
        if (!served && !needed.contains(Protocol.SCTP)) return;
        nodes.forEach((node, agent) -> {
            if (!sctp.containsKey(node)) lacks(agent).ifPresent(lacks -> sctp.put(node, !lacks));
        });
        lacking().forEach((protocol, why) -> {
            if (needed.contains(protocol)) throw new UnsupportedException(why);
        });
    }

    /// @return nothing where the agent does not answer
    private Optional<Boolean> lacks(AgentPod agent) {
        return calls.call(agent.link(), id -> new AgentRequest.Lacks(id, Protocol.SCTP),
            Duration.ZERO) instanceof AgentResponse.Lacking(_, var why) ? Optional.of(!why.isEmpty()) : Optional.empty();
    }

    /// What a cluster can do, less what a node of it cannot.
    public Capabilities within(Capabilities capabilities) {
        return capabilities.lacking(lacking());
    }

    private Map<Protocol, String> lacking() {
        var without = sctp.entrySet().stream().filter(e -> !e.getValue()).map(e -> name(e.getKey())).toList();
        if (without.isEmpty()) return Map.of();
        return Map.of(Protocol.SCTP, "the %s of %s no SCTP; `modprobe sctp` there loads it where the distribution has the module".formatted(
            without.size() == 1 ? "kernel" : "kernels",
            without.stream().collect(Collectors.joining(" and ", "", without.size() == 1 ? " has" : " have"))));
    }

    private String name(String node) {
        var own = names.getOrDefault(node, node);
        return own.equals(node) ? node : "%s (%s)".formatted(node, own);
    }
}
