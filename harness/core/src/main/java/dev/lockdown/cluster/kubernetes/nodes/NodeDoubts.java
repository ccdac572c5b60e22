package dev.lockdown.cluster.kubernetes.nodes;

import dev.lockdown.cluster.ServiceEndpoints;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.List;

/// Keeps what a node does that is not Ready from being taken for what policies do. An agent that answers tells what happened to a flow between pods,
/// wherever it is; that of a Service or of a node itself may end in a node that is gone.
///
/// @param names the nodes' names in the cluster, by those that features use
/// @param dns the cluster's name server
public record NodeDoubts(NodeConditions conditions, Map<String, String> names, Endpoint.Service dns) {
    public NodeDoubts {
        names = Map.copyOf(names);
    }

    /// The same observations; where something failed by which a node passes that is not Ready, that is said, and nothing else proven by it.
    public List<Observation> considered(ClusterState state, List<Observation> seen) {
        if (seen.stream().noneMatch(this::isDoubtful)) return seen;
        var troubles = conditions.troubles(names.values());
        return troubles.isEmpty() ? seen : seen.stream().map(o -> isDoubtful(o) ? considered(state, o, troubles) : o).toList();
    }

    private boolean isDoubtful(Observation seen) {
        return switch (seen.outcome()) {
            case Outcome.ProbeFailed _ -> true;
            case Outcome.TimedOut _, Outcome.Refused _, Outcome.Unreachable _, Outcome.Unresolved _ ->
                ends(seen.probe()).anyMatch(e -> e instanceof Endpoint.Service || e instanceof Endpoint.Node);
            case Outcome.Connected _, Outcome.Resolved _, Outcome.Misdirected _ -> false;
        };
    }

    private Observation considered(ClusterState state, Observation seen, Map<String, String> troubles) {
        var words = ends(seen.probe()).flatMap(e -> nodes(state, e)).distinct().sorted().map(node -> words(node, troubles))
            .filter(w -> !w.isEmpty()).collect(Collectors.joining("; "));
        if (words.isEmpty()) return seen;
        var cause = seen.outcome() instanceof Outcome.ProbeFailed(var failed) ? "%s; %s".formatted(failed, words)
            : words + ", and what fails there says nothing of policies";
        return new Observation(seen.probe(), new Outcome.ProbeFailed(cause), seen.at(), seen.drops());
    }

    private Stream<Endpoint> ends(Probe probe) {
        return probe instanceof Probe.Resolve ? Stream.concat(probe.ends().stream(), Stream.of(dns)) : probe.ends().stream();
    }

    private static Stream<String> nodes(ClusterState state, Endpoint end) {
        return switch (ServiceEndpoints.followed(state, end)) {
            case Endpoint.Pod(var name) -> Stream.ofNullable(state.pods().get(name)).map(Pod::node);
            case Endpoint.Node(var name) -> Stream.of(name);
            case Endpoint.Service(var name) when state.services().get(name) instanceof Service service ->
                ServiceEndpoints.pods(state, service).stream().map(Pod::node);
            case Endpoint.LoadBalancer(var name) when state.services().get(name) instanceof Service service ->
                ServiceEndpoints.pods(state, service).stream().map(Pod::node);
            case Endpoint.Service _, Endpoint.LoadBalancer _, Endpoint.Host _, Endpoint.KubernetesApi _ -> Stream.of();
        };
    }

    /// `node-2 (worker-b) is NotReady since …`; empty where it is Ready.
    private String words(String node, Map<String, String> troubles) {
        var name = names.getOrDefault(node, node);
        var why = troubles.get(name);
        return why == null ? "" : "%s %s".formatted(node.equals(name) ? node : "%s (%s)".formatted(node, name), why);
    }

    /// What is the matter with nodes that are wanted; empty where they are all Ready.
    ///
    /// @param nodes by the names that features use
    public String troubles(Stream<String> nodes) {
        var troubles = conditions.troubles(names.values());
        return nodes.filter(Objects::nonNull).distinct().sorted().map(n -> words(n, troubles)).filter(w -> !w.isEmpty())
            .collect(Collectors.joining("; "));
    }
}
