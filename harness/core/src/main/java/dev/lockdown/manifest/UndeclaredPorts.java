package dev.lockdown.manifest;

import dev.lockdown.flow.Port;
import dev.lockdown.manifest.Note.Grade;
import dev.lockdown.manifest.Resource.OfNamespace;
import dev.lockdown.manifest.Resource.OfPod;
import dev.lockdown.manifest.Resource.OfPolicy;
import dev.lockdown.manifest.Resource.OfService;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Opens the ports that a container does not declare and others name by number: `ports` of a container informs people, and a process
/// listens where it likes. A Service sends to its target port, and a policy that names a port means that somebody listens there.
///
/// A policy of every pod, or a peer without labels, names no pod in particular; its ports open nothing.
final class UndeclaredPorts {
    private final Map<String, List<Resource.OfPod>> podsByNamespace = new HashMap<>();
    private final Map<String, Map<String, String>> namespaces = new HashMap<>();
    private final Map<OfPod, TreeSet<Port>> opened = new LinkedHashMap<>();

    private UndeclaredPorts(List<Resource> resources) {
        for (var resource : resources) {
            if (resource instanceof OfPod pod) {
                var namespace = pod.pod().name().namespace();
                podsByNamespace.computeIfAbsent(namespace, _ -> new ArrayList<>()).add(pod);
                namespaces.putIfAbsent(namespace, Map.of(Namespace.NAME_LABEL, namespace));
            }
            if (resource instanceof OfNamespace(var namespace, _, _)) namespaces.put(namespace.name(), namespace.labels());
        }
    }

    static List<Resource> add(List<Resource> resources, ManifestNotes notes) {
        var ports = new UndeclaredPorts(resources);
        for (var resource : resources) {
            if (resource instanceof OfService(var service, _, _)) ports.targets(service);
            if (resource instanceof OfPolicy(var policy, _, _)) ports.named(policy);
        }
        if (ports.opened.isEmpty()) return resources;
        notes.say(ports.note());
        return resources.stream().map(ports::with).toList();
    }

    private Resource with(Resource resource) {
        if (!(resource instanceof OfPod given) || !opened.containsKey(given)) return resource;
        var pod = given.pod();
        var all = new ArrayList<>(pod.ports());
        Objects.requireNonNull(opened.get(given)).forEach(p -> all.add(ContainerPort.undeclared(p)));
        return new OfPod(new Pod(pod.name(), pod.labels(), all, pod.node(), pod.hostNetwork()), given.everyNode(), given.at(),
            given.text());
    }

    private Note note() {
        var each = opened.entrySet().stream().flatMap(e -> e.getValue().stream().map(p -> p + " of " + e.getKey().pod().name())).toList();
        return new Note(Grade.NOTE, "Pod", "", null,
            "%s: no container declares %s, but a Service or a policy names %s, so something listens there".formatted(
                ManifestNotes.firstOf(each), each.size() == 1 ? "it" : "them", each.size() == 1 ? "it" : "them"));
    }

    private void targets(Service service) {
        if (service.selector().isEmpty()) return;
        for (var pod : selected(service.name().namespace(), LabelSelector.labels(service.selector())))
            for (var port : service.ports())
                if (port.target() instanceof Service.TargetPort.Number(int number)) open(pod, new Port(port.port().protocol(), number));
    }

    private void named(NetworkPolicy policy) {
        var namespace = policy.name().namespace();
        if (isParticular(policy.podSelector()))
            for (var rule : policy.rules(Direction.INGRESS)) open(selected(namespace, policy.podSelector()), rule);
        for (var rule : policy.rules(Direction.EGRESS))
            for (var peer : rule.peers())
                if (peer instanceof Peer.Pods(var pods, var where) && pods != null && isParticular(pods))
                    namespaces(namespace, where).forEach(n -> open(selected(n, pods), rule));
    }

    private static boolean isParticular(@Nullable LabelSelector selector) {
        return selector != null && (!selector.matchLabels().isEmpty() || !selector.matchExpressions().isEmpty());
    }

    private List<String> namespaces(String own, @Nullable LabelSelector where) {
        if (where == null) return List.of(own);
        return namespaces.entrySet().stream().filter(n -> matches(where, n.getValue())).map(Map.Entry::getKey).sorted().toList();
    }

    private List<OfPod> selected(String namespace, LabelSelector selector) {
        return podsByNamespace.getOrDefault(namespace, List.of()).stream().filter(p -> matches(selector, p.pod().labels())).toList();
    }

    private void open(List<OfPod> pods, NetworkPolicy.Rule rule) {
        for (var port : rule.ports())
            if (port instanceof PolicyPort.Range(var protocol, int first, int last) && first == last)
                pods.forEach(p -> open(p, new Port(protocol, first)));
    }

    private void open(OfPod pod, Port port) {
        if (pod.pod().ports().stream().noneMatch(p -> p.port().equals(port)))
            opened.computeIfAbsent(pod, _ -> new TreeSet<>()).add(port);
    }

    private static boolean matches(LabelSelector selector, Map<String, String> labels) {
        return labels.entrySet().containsAll(selector.matchLabels().entrySet())
            && selector.matchExpressions().stream().allMatch(r -> switch (r.operator()) {
                case IN -> labels.containsKey(r.key()) && r.values().contains(labels.get(r.key()));
                case NOT_IN -> !labels.containsKey(r.key()) || !r.values().contains(labels.get(r.key()));
                case EXISTS -> labels.containsKey(r.key());
                case DOES_NOT_EXIST -> !labels.containsKey(r.key());
            });
    }
}
