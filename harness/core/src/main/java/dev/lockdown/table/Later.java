package dev.lockdown.table;

import dev.lockdown.manifest.Manifest;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import java.util.ArrayList;
import java.util.List;

/// What a further manifest changes in a state: objects that are there are updated or relabelled, others are made, some are deleted.
public final class Later {
    private Later() {}

    public static List<Change> changes(Manifest manifest, ClusterState state) {
        var changes = new ArrayList<Change>();
        for (var change : manifest.changes()) changes.add(switch (change) {
            case Change.StartPod(var pod) when state.pods().containsKey(pod.name()) -> new Change.RelabelPod(pod.name(), pod.labels());
            case Change.ApplyNamespace(var n) when state.namespaces().containsKey(n.name()) ->
                new Change.RelabelNamespace(n.name(), n.labels());
            case Change.StartPod _, Change.ApplyNamespace _, Change.ApplyPolicy _, Change.ApplyService _, Change.AddHost _, Change.DeleteNamespace _, Change.DeletePolicy _, Change.DeleteService _, Change.RelabelNamespace _, Change.RelabelPod _, Change.StopPod _ ->
                change;
        });
        return changes;
    }
}
