package dev.lockdown.state;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;

/// Changes in stages: what is in one stage is about different objects and may be sent in any order, or all at the same time; each stage
/// needs the one before it.
public final class ChangeStages {
    /// What a stage is of.
    private enum Kind {
        NAMESPACES, DELETED_NAMESPACES, STOPS, APART, OTHERS
    }

    private ChangeStages() {}

    /// The same changes in the same order.
    ///
    /// @param apart of namespaces whose policies are in stages of their own: what tells that a change is enforced may not come before it
    public static List<List<Change>> of(List<Change> changes, Predicate<String> apart) {
        var stages = new ArrayList<List<Change>>();
        var objects = new HashSet<String>();
        Kind last = null;
        for (var change : changes) {
            var kind = kind(change, apart);
            if (kind != last || objects.contains(change.object())) {
                stages.add(new ArrayList<>());
                objects.clear();
            }
            stages.getLast().add(change);
            objects.add(change.object());
            last = kind;
        }
        return stages;
    }

    private static Kind kind(Change change, Predicate<String> apart) {
        return switch (change) {
            case Change.ApplyNamespace _, Change.RelabelNamespace _ -> Kind.NAMESPACES;
            case Change.DeleteNamespace _ -> Kind.DELETED_NAMESPACES;
            case Change.StopPod _ -> Kind.STOPS;
            case Change.ApplyPolicy(var policy) -> apart.test(policy.name().namespace()) ? Kind.APART : Kind.OTHERS;
            case Change.DeletePolicy(var name) -> apart.test(name.namespace()) ? Kind.APART : Kind.OTHERS;
            case Change.StartPod _, Change.RelabelPod _, Change.ApplyService _, Change.DeleteService _, Change.AddHost _ -> Kind.OTHERS;
        };
    }
}
