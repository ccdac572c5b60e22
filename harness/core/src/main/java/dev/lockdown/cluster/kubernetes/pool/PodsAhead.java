package dev.lockdown.cluster.kubernetes.pool;

import dev.lockdown.cluster.kubernetes.agent.AgentPod;
import dev.lockdown.cluster.kubernetes.agent.Threads;
import dev.lockdown.state.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Starts, while a scenario runs, the pods that the next ones will need and for which no running one will do. They play nobody until a
/// scenario begins that needs them.
///
/// A pod that cannot be started is let be: the scenario that needs it starts it again and tells why it cannot. Used by one thread, but for
/// [#close].
public final class PodsAhead implements AutoCloseable {
    /// At a time: the scenario that runs shall not be held up.
    private static final int TOGETHER = 2;
    /// While one scenario runs: more would only hold it up.
    private static final int MOST = 8;

    private final Threads threads;
    private final Starter starter;
    private volatile boolean ending;
    private @Nullable Future<?> underWay;

    public PodsAhead(Threads threads, Starter starter) {
        this.threads = threads;
        this.starter = starter;
    }

    /// Starts pods that play nobody.
    public interface Starter {
        /// Bring pods to the point where their agents answer, and add them to the idle ones.
        void start(List<Pod> pods);
    }

    /// Pods that a scenario will begin with.
    ///
    /// @param named whether any of its pods gives a port a name
    public record Wanted(Collection<Pod> pods, boolean named) {
        public Wanted {
            pods = List.copyOf(pods);
        }
    }

    /// Begin to start what is missing, unless something is being started already.
    ///
    /// @param next scenarios in the order in which they come
    /// @param there all running pods: each scenario may have any of them
    /// @param most so many may be started
    public void begin(List<Wanted> next, List<AgentPod> there, int most) {
        if (underWay != null && !underWay.isDone()) return;
        // Those with named ports have no other pods beside them: whatever came earlier would go again.
        var possible = IntStream.range(0, next.size()).filter(i -> i == 0 || !next.get(i).named).mapToObj(next::get).toList();
        var missing = missing(possible, there, Math.min(MOST, most));
        if (missing.isEmpty()) return;
        ending = false;
        underWay = threads.executor().submit(() -> start(missing));
    }

    private void start(List<Pod> missing) {
        for (int from = 0; from < missing.size() && !ending; from += TOGETHER)
            starter.start(missing.subList(from, Math.min(missing.size(), from + TOGETHER)));
    }

    /// Those that no running pod can play, nor one that is started for an earlier scenario.
    static List<Pod> missing(List<Wanted> next, List<AgentPod> there, int most) {
        var missing = new ArrayList<Pod>();
        for (var scenario : next) {
            var free = new ArrayList<>(there);
            var begun = new ArrayList<>(missing);
            for (var pod : scenario.pods) {
                var taken = free.stream().filter(p -> PodShape.fits(p, pod, scenario.named)).findFirst();
                if (taken.isPresent()) free.remove(taken.get());
                else if (!takes(begun, pod, scenario.named) && missing.size() < most) missing.add(pod);
            }
        }
        return missing;
    }

    private static boolean takes(List<Pod> begun, Pod pod, boolean named) {
        var taken = begun.stream().filter(b -> PodShape.of(b, named).equals(PodShape.of(pod, named)))
            .filter(b -> pod.node().isEmpty() || pod.node().equals(b.node())).findFirst();
        taken.ifPresent(begun::remove);
        return taken.isPresent();
    }

    /// Whether running pods can play all that a scenario begins with.
    ///
    /// @param there all running pods
    public static boolean canBegin(Wanted scenario, List<AgentPod> there) {
        return missing(List.of(scenario), there, 1).isEmpty();
    }

    /// Begin no more, and wait until those that were begun are there, though not for long.
    public void settle(Duration longest) {
        ending = true;
        var begun = underWay;
        underWay = null;
        if (begun == null) return;
        try {
            begun.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            begun.cancel(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ending = true;
        var begun = underWay;
        if (begun != null) begun.cancel(true);
    }
}
