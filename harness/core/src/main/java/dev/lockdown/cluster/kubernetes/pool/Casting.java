package dev.lockdown.cluster.kubernetes.pool;

import dev.lockdown.cluster.kubernetes.agent.AgentCalls;
import dev.lockdown.cluster.kubernetes.agent.AgentPod;
import dev.lockdown.cluster.kubernetes.agent.Threads;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.pod.AgentResponse;
import dev.lockdown.state.Pod;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Chooses which running pods play the pods that a scenario begins with, and has them do so.
///
/// A pod is only taken for another before a scenario's first policy, never for one that starts later on: how a network plugin treats a pod
/// that begins is what such a step is about. From its relabelling until the first verdict the plugin of every node must turn the canary or
/// have turned it before, have all flows of the baseline open, and turn the sentinels behind the first change. They do not prove that it has
/// taken note of the label. One that has not selects by the old label: the pod lacks an isolation that the policies give it, or has one that
/// they do not, and its flows differ from what is expected for as long as that lasts. So a plugin that is late makes a scenario red or
/// inconclusive, and lets it be green only where both labels mean the same. That holds for every pod that keeps its name from one scenario
/// to the next and is given other labels, too.
///
/// The pod's address has no rules of its former life, since no scenario leaves a policy; and connections from its former source ports do not
/// come again, since its process goes on counting them.
public final class Casting {
    /// Of an agent whose pod plays none; no pod is called so.
    private static final String NOBODY = "(idle)";

    private final PodNames names;
    private final PodObjects objects;
    private final AgentCalls calls;
    private final Threads threads;
    private final IdlePods idle = new IdlePods();
    /// For pods of the scenario that begins, which they do not play yet.
    private final Map<NamespacedName, AgentPod> chosen = new ConcurrentHashMap<>();
    private volatile boolean everyPort;

    public Casting(PodNames names, PodObjects objects, AgentCalls calls, Threads threads) {
        this.names = names;
        this.objects = objects;
        this.calls = calls;
        this.threads = threads;
    }

    /// Take a pod that plays none any more.
    public void add(AgentPod pod) {
        names.playsNone(pod.made().object());
        idle.add(pod);
    }

    /// Choose idle pods for some that a scenario begins with.
    ///
    /// @param named whether any pod of the scenario gives a port a name
    /// @return pods that were chosen before and did not come to play: nobody knows their labels
    public List<AgentPod> choose(Collection<Pod> wanted, boolean named) {
        everyPort = named;
        var lost = List.copyOf(chosen.values());
        chosen.clear();
        for (var pod : wanted) idle.take(pod, named).ifPresent(p -> chosen.put(pod.name(), p));
        return lost;
    }

    /// The one that was chosen for a pod.
    public @Nullable AgentPod chosen(NamespacedName pod) {
        return chosen.get(pod);
    }

    /// Have a running pod play one of the scenario, if it fits.
    ///
    /// @return null where it cannot, or its agent does not answer
    public @Nullable AgentPod play(AgentPod there, Pod wanted) {
        boolean plays = PodShape.fits(there, wanted, everyPort) && becomes(there, wanted) && isLabelled(there, wanted);
        // Only now: what fails on the way is tried again.
        chosen.remove(wanted.name());
        if (!plays) return null;
        names.plays(there.made().object(), wanted.name());
        return there.as(wanted);
    }

    private boolean becomes(AgentPod there, Pod wanted) {
        return there.asked().name().equals(wanted.name()) && AgentPod.ports(there.asked()).equals(AgentPod.ports(wanted))
            || becomes(there, wanted.name().toString(), AgentPod.ports(wanted));
    }

    private boolean isLabelled(AgentPod there, Pod wanted) {
        return there.asked().name().equals(wanted.name()) && there.pod().labels().equals(wanted.labels())
            || objects.label(there, wanted.labels(), wanted.name());
    }

    private boolean becomes(AgentPod pod, String identity, List<Port> ports) {
        return calls.await(pod.link().become(identity, ports), Duration.ZERO) instanceof AgentResponse.Became(_, var served)
            && served.failures().isEmpty();
    }

    /// Have the idle pods mean nobody and serve nothing: no selector of a user means them, and none of their ports answers. Those that cannot
    /// be told go.
    public void rest() {
        threads.all(idle.takeAll(p -> !p.asked().name().name().equals(NOBODY) || p.link().isLost()), this::rest);
    }

    /// Take a pod that has never played any.
    public void addNew(AgentPod pod) {
        names.playsNone(pod.made().object());
        if (becomes(pod, NOBODY, List.of())) idle.add(pod.as(nobody(pod)));
        else objects.goes(pod);
    }

    private void rest(AgentPod pod) {
        boolean there;
        try {
            there = objects.label(pod, Map.of(), null);
        } catch (RuntimeException e) {
            // It is tried again.
            idle.add(pod);
            throw e;
        }
        if (there && !pod.link().isLost() && becomes(pod, NOBODY, List.of())) idle.add(pod.as(nobody(pod)));
        else objects.goes(pod);
    }

    private static Pod nobody(AgentPod pod) {
        var made = pod.made().pod();
        return new Pod(new NamespacedName(made.name().namespace(), NOBODY), Map.of(), List.of(), made.node(), made.hostNetwork());
    }

    /// How many pods there are that play none yet.
    public int size() {
        return idle.size() + chosen.size();
    }

    /// Give up those idle pods of which something is true.
    public List<AgentPod> giveUp(Predicate<AgentPod> which) {
        return idle.takeAll(which);
    }

    /// All that play none.
    public List<AgentPod> all() {
        return idle.all();
    }
}
