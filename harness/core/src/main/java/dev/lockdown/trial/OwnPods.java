package dev.lockdown.trial;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The scenario's own pods that are running, each with a port by which it shows that it lives.
final class OwnPods {
    private final Set<NamespacedName> running = new TreeSet<>();

    Set<NamespacedName> running() {
        return running;
    }

    /// Take note of changes that are about to be made.
    ///
    /// @return them, with that port in each pod that they start
    List<Change> follow(List<Change> changes) {
        var all = new ArrayList<Change>();
        for (var change : changes) {
            if (change instanceof Change.StartPod(var pod)) running.add(pod.name());
            if (change instanceof Change.StopPod(var name)) running.remove(name);
            if (change instanceof Change.DeleteNamespace(var name)) running.removeIf(p -> p.namespace().equals(name));
            all.add(change instanceof Change.StartPod(var pod) ? new Change.StartPod(LivenessPort.in(pod)) : change);
        }
        return all;
    }
}
