package dev.lockdown.rehearsal;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.need.Party;
import dev.lockdown.state.Change;
import dev.lockdown.state.Pod;
import dev.lockdown.table.DescribedStates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Shadow pods as guests of a cluster in which others run.
///
/// In the network of a node a pod of ours would take the ports of what runs there, and the system's namespaces are not ours: such pods are
/// left out. All others may run on any node, since those of the manifests may not be there.
final class Guests {
    private Guests() {}

    static Shadows of(Shadows shadows) {
        var cast = new ArrayList<Change>();
        var leftOut = new ArrayList<Pod>();
        for (var change : shadows.states().cast()) {
            switch (change) {
                case Change.StartPod(var pod) when pod.hostNetwork() || Shadows.isSystem(pod.name().namespace()) -> leftOut.add(pod);
                case Change.StartPod(var pod) -> cast.add(new Change.StartPod(pod.onNode("")));
                case Change.ApplyNamespace(var namespace) when Shadows.isSystem(namespace.name()) -> {}
                case Change.ApplyService(var service) when Shadows.isSystem(service.name().namespace()) -> {}
                default -> cast.add(change);
            }
        }
        var policies = shadows.states().policies().stream()
            .filter(c -> !(c instanceof Change.ApplyPolicy(var policy) && Shadows.isSystem(policy.name().namespace()))).toList();
        return new Shadows(new DescribedStates(cast, policies, List.of()), shadows.namespaces(), left(leftOut, shadows.pods()),
            absent(shadows, leftOut));
    }

    private static Map<Party, List<NamespacedName>> left(List<Pod> leftOut, Map<Party, List<NamespacedName>> pods) {
        var gone = new HashSet<>(leftOut.stream().map(Pod::name).toList());
        var left = new HashMap<>(pods);
        left.replaceAll((_, names) -> names.stream().filter(n -> !gone.contains(n)).toList());
        return left;
    }

    /// Those of whom no pod stands, and Services that lead to such pods.
    private static Set<Party> absent(Shadows shadows, List<Pod> leftOut) {
        var absent = new HashSet<Party>();
        shadows.pods().forEach((party, names) -> {
            if (leftOut.stream().anyMatch(p -> names.contains(p.name()))) absent.add(party);
        });
        for (var change : shadows.states().cast())
            if (change instanceof Change.ApplyService(var service) && !service.selector().isEmpty()
                && leftOut.stream().anyMatch(p -> p.name().namespace().equals(service.name().namespace())
                    && p.labels().entrySet().containsAll(service.selector().entrySet())))
                absent.add(new Party.Service(service.name()));
        return absent;
    }
}
