package dev.lockdown.trial;

import dev.lockdown.cluster.HarnessNamespaces;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Change;
import dev.lockdown.state.InputException;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.Rule;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// Refuses what would be about the harness instead of the cluster: its namespaces, and labels of its prefix. Every pod and namespace of a
/// run has such a label on a real cluster and none on the embedded one, so that no selector may ask for one, nor for its absence.
public final class OwnWords {
    private static final String PREFIX = "lockdown.dev/";

    private OwnWords() {}

    /// @throws InputException saying which word is taken
    public static void refuse(Collection<? extends Change> changes) {
        changes.forEach(OwnWords::refuse);
    }

    /// @throws InputException saying which word is taken
    public static void refuse(Change change) {
        switch (change) {
            case Change.ApplyNamespace(var namespace) -> {
                refuse(namespace.name());
                refuseKeys(namespace.labels().keySet().stream());
            }
            case Change.RelabelNamespace(var name, var labels) -> {
                refuse(name);
                refuseKeys(labels.keySet().stream());
            }
            case Change.DeleteNamespace(var name) -> refuse(name);
            case Change.StartPod(var pod) -> {
                refuse(pod.name());
                refuseKeys(pod.labels().keySet().stream());
            }
            case Change.RelabelPod(var name, var labels) -> {
                refuse(name);
                refuseKeys(labels.keySet().stream());
            }
            case Change.StopPod(var name) -> refuse(name);
            case Change.ApplyService(var service) -> {
                refuse(service.name());
                refuseKeys(service.selector().keySet().stream());
            }
            case Change.DeleteService(var name) -> refuse(name);
            case Change.ApplyPolicy(var policy) -> {
                refuse(policy.name());
                refuseKeys(selectors(policy).flatMap(OwnWords::keys));
            }
            case Change.DeletePolicy(var name) -> refuse(name);
            case Change.AddHost _ -> {}
        }
    }

    private static void refuse(NamespacedName name) {
        refuse(name.namespace());
    }

    private static void refuse(String namespace) {
        if (HarnessNamespaces.contains(namespace))
            throw InputException.about(namespace, "the namespace \"%s\" is Lockdown's own; choose another name".formatted(namespace));
    }

    private static void refuseKeys(Stream<String> keys) {
        keys.filter(k -> k.startsWith(PREFIX)).findFirst().ifPresent(key -> {
            throw InputException.about(key,
                "labels that begin with %s are Lockdown's own, which marks by them what it makes; no feature can have or select them (%s)"
                    .formatted(PREFIX, key));
        });
    }

    private static Stream<LabelSelector> selectors(NetworkPolicy policy) {
        return Stream.concat(Stream.of(policy.podSelector()),
            Stream.of(policy.ingress(), policy.egress()).flatMap(List::stream).map(Rule::peers).flatMap(List::stream)
                .flatMap(OwnWords::selectors));
    }

    private static Stream<LabelSelector> selectors(Peer peer) {
        return switch (peer) {
            case Peer.Pods(var pods, var namespaces) -> Stream.concat(Stream.ofNullable(pods), Stream.ofNullable(namespaces));
            case Peer.IpBlock _ -> Stream.empty();
        };
    }

    private static Stream<String> keys(LabelSelector selector) {
        return Stream.concat(selector.matchLabels().keySet().stream(),
            selector.matchExpressions().stream().map(LabelSelector.Requirement::key));
    }
}
