package dev.lockdown.disruption;

import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.LabelSelector.Operator;
import dev.lockdown.state.LabelSelector.Requirement;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.Pod;
import dev.lockdown.flow.NamespacedName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// The changes of which an [ObjectDisruption] is made, in the state in which it begins. Pure, but for chance.
public final class ObjectEdits {
    private final ClusterState state;
    private final RandomGenerator chance;
    private final List<Edit> edits = new ArrayList<>();

    private ObjectEdits(ClusterState state, RandomGenerator chance) {
        this.state = state;
        this.chance = chance;
    }

    /// Changes that are made together.
    ///
    /// @param after how long after the beginning
    public record Edit(Duration after, List<Change> changes) {
        public Edit {
            changes = List.copyOf(changes);
        }
    }

    /// The edits in their order; the last of them heals, as far as its changes are [#missing].
    public static List<Edit> of(ObjectDisruption disruption, ClusterState state, RandomGenerator chance) {
        var made = new ObjectEdits(state, chance);
        made.make(disruption);
        return List.copyOf(made.edits);
    }

    /// What of the changes is still to be made in a state, so that it becomes what it was before.
    public static List<Change> missing(List<Change> healing, ClusterState now) {
        var namespaces = new HashSet<>(now.namespaces().keySet());
        for (var change : healing) if (change instanceof Change.ApplyNamespace(var namespace)) namespaces.add(namespace.name());
        return healing.stream().filter(change -> switch (change) {
            case Change.DeletePolicy(var name) -> now.policies().containsKey(name);
            case Change.ApplyPolicy(var policy) -> namespaces.contains(policy.name().namespace())
                && !policy.equals(now.policies().get(policy.name()));
            case Change.StopPod(var name) -> now.pods().containsKey(name);
            case Change.StartPod(var pod) -> namespaces.contains(pod.name().namespace()) && !now.pods().containsKey(pod.name());
            case Change.RelabelPod(var name, var labels) -> now.pods().get(name) instanceof Pod pod && !pod.labels().equals(labels);
            case Change.RelabelNamespace(var name, _) -> now.namespaces().containsKey(name);
            case Change.ApplyNamespace(var namespace) -> !now.namespaces().containsKey(namespace.name());
            case Change.ApplyService(var service) ->
                namespaces.contains(service.name().namespace()) && !now.services().containsKey(service.name());
            case Change.DeleteNamespace _, Change.DeleteService _, Change.AddHost _ -> false;
        }).toList();
    }

    private void make(ObjectDisruption disruption) {
        var lasting = disruption.lasting();
        switch (disruption) {
            case ObjectDisruption.PoliciesComeAndGo(var policies, _) -> comeAndGo(policies, lasting);
            case ObjectDisruption.PolicyRecreated(var name, _) ->
                goAndCome(List.of(new Change.DeletePolicy(name)),
                    List.of(new Change.ApplyPolicy(Objects.requireNonNull(state.policies().get(name)))), lasting);
            case ObjectDisruption.NamespacesLockedDown(var namespaces, var half, _) ->
                comeAndGo((half ? half(namespaces) : namespaces).stream().map(n -> lockdown(n, "", LabelSelector.EVERYTHING)).toList(),
                    lasting);
            case ObjectDisruption.HalfLockedDown(var namespace, _) -> comeAndGo(half(groups(namespace)).stream()
                .map(labels -> lockdown(namespace, "-" + Named.labels(labels).replaceAll("[^a-z0-9]+", "-"), exactly(namespace, labels)))
                .toList(), lasting);
            case ObjectDisruption.PodRelabelled(var name, var labels, _) ->
                goAndCome(List.of(new Change.RelabelPod(name, labels)), List.of(new Change.RelabelPod(name, pod(name).labels())), lasting);
            case ObjectDisruption.NamespaceRelabelled(var name, var labels, _) ->
                goAndCome(List.of(new Change.RelabelNamespace(name, labels)),
                    List.of(new Change.RelabelNamespace(name, Objects.requireNonNull(state.namespaces().get(name)).labels())), lasting);
            case ObjectDisruption.PodGone(var name, _) ->
                goAndCome(List.of(new Change.StopPod(name)), List.of(new Change.StartPod(pod(name))), lasting);
            case ObjectDisruption.PodsChurn churn -> churn(churn);
            case ObjectDisruption.AddressGiven(var from, var to, _) -> goAndCome(
                List.of(new Change.StopPod(from), new Change.StartPod(to.onNode(pod(from).node()))),
                List.of(new Change.StopPod(to.name()), new Change.StartPod(pod(from))), lasting);
            case ObjectDisruption.NamespaceRecreated(var name, _) ->
                goAndCome(List.of(new Change.DeleteNamespace(name)), everythingOf(name), lasting);
        }
    }

    private Pod pod(NamespacedName name) {
        return Objects.requireNonNull(state.pods().get(name));
    }

    private void comeAndGo(List<NetworkPolicy> policies, Duration lasting) {
        goAndCome(policies.stream().<Change>map(Change.ApplyPolicy::new).toList(),
            policies.stream().<Change>map(p -> new Change.DeletePolicy(p.name())).toList(), lasting);
    }

    private void goAndCome(List<Change> deed, List<Change> healing, Duration lasting) {
        edits.add(new Edit(Duration.ZERO, deed));
        edits.add(new Edit(lasting, healing));
    }

    /// Policies before pods, so that none of these is free when it comes.
    private List<Change> everythingOf(String namespace) {
        var all = new ArrayList<Change>();
        all.add(new Change.ApplyNamespace(Objects.requireNonNull(state.namespaces().get(namespace))));
        state.policies().values().stream().filter(p -> p.name().namespace().equals(namespace)).map(Change.ApplyPolicy::new)
            .forEach(all::add);
        state.services().values().stream().filter(s -> s.name().namespace().equals(namespace)).map(Change.ApplyService::new)
            .forEach(all::add);
        podsOf(namespace).stream().map(Change.StartPod::new).forEach(all::add);
        return all;
    }

    private List<Pod> podsOf(String namespace) {
        return state.pods().values().stream().filter(p -> p.name().namespace().equals(namespace)).toList();
    }

    private void churn(ObjectDisruption.PodsChurn churn) {
        var pods = podsOf(churn.namespace());
        var apart = Duration.ofMinutes(1).dividedBy(churn.perMinute());
        var copies = new ArrayList<NamespacedName>();
        for (var at = Duration.ZERO; at.compareTo(churn.lasting()) < 0; at = at.plus(apart)) {
            var model = pods.get(chance.nextInt(pods.size()));
            var name =
                new NamespacedName(churn.namespace(), "%s-churn-%s".formatted(model.name().name(), Integer.toString(copies.size() + 1)));
            var changes = new ArrayList<Change>();
            if (!copies.isEmpty()) changes.add(new Change.StopPod(copies.getLast()));
            changes.add(new Change.StartPod(new Pod(name, model.labels(), model.ports(), model.node(), false)));
            edits.add(new Edit(at, changes));
            copies.add(name);
        }
        edits.add(new Edit(churn.lasting(), copies.stream().<Change>map(Change.StopPod::new).toList()));
    }

    /// The sets of labels that pods of a namespace have, each once.
    private List<Map<String, String>> groups(String namespace) {
        return podsOf(namespace).stream().map(Pod::labels).distinct().toList();
    }

    private <T> List<T> half(List<T> all) {
        var left = new ArrayList<>(all);
        while (left.size() > (all.size() + 1) / 2) left.remove(chance.nextInt(left.size()));
        return left;
    }

    /// Pods with these labels and no others.
    private LabelSelector exactly(String namespace, Map<String, String> labels) {
        var others = new TreeMap<String, Requirement>();
        for (var pod : podsOf(namespace))
            for (var key : pod.labels().keySet())
                if (!labels.containsKey(key)) others.put(key, new Requirement(key, Operator.DOES_NOT_EXIST, List.of()));
        return new LabelSelector(labels, List.copyOf(others.values()));
    }

    private static NetworkPolicy lockdown(String namespace, String suffix, LabelSelector pods) {
        return new NetworkPolicy(new NamespacedName(namespace, "disruption-lockdown" + suffix), pods, EnumSet.allOf(Direction.class),
            List.of(), List.of());
    }
}
