package dev.lockdown.fuzz;

import dev.lockdown.state.Change;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.Rule;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.Pod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Gives what is one part smaller than a change, biggest parts first.
final class Reduction {
    private Reduction() {}

    static Stream<Change> of(Change change) {
        return switch (change) {
            case Change.ApplyPolicy(var policy) -> policies(policy).map(Change.ApplyPolicy::new);
            case Change.StartPod(var pod) -> pods(pod).map(Change.StartPod::new);
            case Change.ApplyNamespace(var n) -> labels(n.labels()).map(l -> new Change.ApplyNamespace(new Namespace(n.name(), l)));
            case Change.RelabelPod(var name, var labels) -> labels(labels).map(l -> new Change.RelabelPod(name, l));
            case Change.RelabelNamespace(var name, var labels) -> labels(labels).map(l -> new Change.RelabelNamespace(name, l));
            case Change.ApplyService _, Change.AddHost _, Change.DeleteNamespace _, Change.StopPod _, Change.DeleteService _, Change.DeletePolicy _ ->
                Stream.of();
        };
    }

    /// Whether one manifest can say both: none is about an object of the other's.
    static boolean canBeOne(List<Change> first, List<Change> later) {
        var subjects = first.stream().map(RandomChanges::subject).collect(Collectors.toSet());
        return later.stream().map(RandomChanges::subject).noneMatch(subjects::contains);
    }

    /// Two steps as one, in the order in which a manifest is applied.
    static List<Change> merged(List<Change> first, List<Change> later) {
        return Stream.concat(first.stream(), later.stream()).sorted(Comparator.comparingInt(RandomChanges::rank)).toList();
    }

    private static Stream<Pod> pods(Pod pod) {
        return Stream.concat(labels(pod.labels()).map(pod::withLabels), without(pod.ports())
            .map((List<ContainerPort> ports) -> new Pod(pod.name(), pod.labels(), ports, pod.node(), pod.hostNetwork())));
    }

    private static Stream<Map<String, String>> labels(Map<String, String> labels) {
        return labels.keySet().stream().filter(key -> !key.equals(Namespace.NAME_LABEL)).map(key -> {
            Map<String, String> fewer = new LinkedHashMap<>(labels);
            fewer.remove(key);
            return fewer;
        });
    }

    private static Stream<NetworkPolicy> policies(NetworkPolicy p) {
        return Stream.of(
            rules(p.ingress()).map(r -> new NetworkPolicy(p.name(), p.podSelector(), p.types(), r, p.egress())),
            rules(p.egress()).map(r -> new NetworkPolicy(p.name(), p.podSelector(), p.types(), p.ingress(), r)),
            selectors(p.podSelector()).map(s -> new NetworkPolicy(p.name(), s, p.types(), p.ingress(), p.egress())))
            .flatMap(Function.identity());
    }

    private static Stream<List<Rule>> rules(List<Rule> rules) {
        return Stream.concat(without(rules), each(rules, rule -> Stream.concat(
            Stream.concat(without(rule.peers()), each(rule.peers(), Reduction::peers)).map(peers -> new Rule(peers, rule.ports())),
            without(rule.ports()).map(ports -> new Rule(rule.peers(), ports)))));
    }

    private static Stream<Peer> peers(Peer peer) {
        return switch (peer) {
            case Peer.IpBlock(var cidr, var except) -> without(except).map(e -> new Peer.IpBlock(cidr, e));
            case Peer.Pods(var pods, var namespaces) -> Stream.concat(
                halves(pods, namespaces),
                Stream.concat(smaller(pods).map(s -> new Peer.Pods(s, namespaces)), smaller(namespaces).map(s -> new Peer.Pods(pods, s))));
        };
    }

    private static Stream<Peer> halves(@Nullable LabelSelector pods, @Nullable LabelSelector namespaces) {
        if (pods == null || namespaces == null) return Stream.of();
        return Stream.of(new Peer.Pods(pods, null), new Peer.Pods(null, namespaces));
    }

    private static Stream<LabelSelector> smaller(@Nullable LabelSelector selector) {
        return selector == null ? Stream.of() : selectors(selector);
    }

    private static Stream<LabelSelector> selectors(LabelSelector selector) {
        return Stream.concat(labels(selector.matchLabels()).map(l -> new LabelSelector(l, selector.matchExpressions())),
            without(selector.matchExpressions()).map(e -> new LabelSelector(selector.matchLabels(), e)));
    }

    private static <T> Stream<List<T>> without(List<T> list) {
        return IntStream.range(0, list.size()).mapToObj(i -> {
            var fewer = new ArrayList<>(list);
            fewer.remove(i);
            return fewer;
        });
    }

    /// The list with one of its elements made smaller.
    private static <T> Stream<List<T>> each(List<T> list, Function<T, Stream<T>> smaller) {
        return IntStream.range(0, list.size()).boxed().flatMap(i -> smaller.apply(list.get(i)).map(other -> {
            var changed = new ArrayList<>(list);
            changed.set(i, other);
            return changed;
        }));
    }
}
