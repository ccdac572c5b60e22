package dev.lockdown.cluster.kubernetes.pool;

import dev.lockdown.cluster.kubernetes.agent.AgentPod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Pods that go while others start, which are waited for together. Their names are not given to others.
/// Used by one thread.
public final class LeavingPods {
    private final PodNames names;
    private final PodObjects objects;
    private final PodObjects.Trouble trouble;
    private final List<AgentPod> leaving = new ArrayList<>();

    public LeavingPods(PodNames names, PodObjects objects, PodObjects.Trouble trouble) {
        this.names = names;
        this.objects = objects;
        this.trouble = trouble;
    }

    /// Have pods deleted.
    public void add(Collection<AgentPod> unwanted) {
        unwanted.forEach(p -> names.playsNone(p.made().object()));
        objects.leave(unwanted);
        leaving.addAll(unwanted);
    }

    /// Wait until they are gone.
    public void await() {
        if (leaving.isEmpty()) return;
        objects.awaitGone(List.copyOf(leaving), trouble);
        leaving.clear();
    }
}
