package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.kubernetes.agent.AgentLink;
import dev.lockdown.cluster.kubernetes.agent.ClockOffset;
import dev.lockdown.cluster.kubernetes.agent.FlowSamples;
import dev.lockdown.cluster.kubernetes.agent.WatchedListener;
import dev.lockdown.flow.Seen;
import dev.lockdown.pod.AgentRequest;
import dev.lockdown.pod.AgentResponse;
import dev.lockdown.probe.AgentClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// The flows of a watch that one agent samples. It is asked for its samples again and again, which is also how its clock is known; an
/// agent whose process began anew is told anew. Used by the watch's thread.
final class SampledAgent {
    /// Before its samples are handed on, round trips tell how late the agent's clock is: at least so many, until that is known well, and at
    /// most so many.
    private static final int LEAST_TRIPS = 5;
    private static final long WELL = 1_000;
    private static final int MOST_TRIPS = 25;
    /// Of a run's numbers.
    private static final int WIDTH = 5;

    private final AgentLink link;
    private final List<Part> parts;
    private final int number;
    private final Duration interval;
    private final Duration deadline;
    private ClockOffset clock = new ClockOffset();
    private int life = -1;
    private long worst;
    private long missed;
    private boolean running;
    private boolean refused;
    private boolean quiet;
    private boolean asked;
    private boolean awaitsFirst;
    private final ArrayDeque<Asking> under = new ArrayDeque<>();
    private int trips;
    private boolean timed;
    /// Those that came before the clock was known well enough.
    private final List<Came> early = new ArrayList<>();

    private record Came(Part part, List<Long> numbers, boolean fits) {}

    /// One of its flows.
    ///
    /// @param samples where they go
    /// @param series of its datagrams, or 0
    /// @param since since when a shell dials in the agent's pod until the agent can, or 0
    record Part(WatchPlan plan, FlowSamples samples, List<WatchedListener> listeners, int series, long since) {}

    private record Asking(long at, CompletableFuture<Answer> answer) {}

    private record Answer(AgentResponse response, long at) {}

    /// @param number of the watch, its own on each agent
    /// @param quiet whether nothing was to be sampled before it begins
    SampledAgent(AgentLink link, List<Part> parts, int number, Duration interval, Duration deadline, boolean quiet) {
        this.link = link;
        this.parts = List.copyOf(parts);
        this.number = number;
        this.interval = interval;
        this.deadline = deadline;
        this.quiet = quiet;
    }

    /// Take over what is known of the agent's clock.
    SampledAgent after(SampledAgent former) {
        clock = former.clock;
        life = former.life;
        trips = former.trips;
        timed = former.timed;
        return this;
    }

    /// Ask for the next thing, unless an answer is awaited.
    void poll() {
        take();
        if (!under.isEmpty() || refused) return;
        if (running) ask(id -> new AgentRequest.Samples(id, number, false));
        else begin();
    }

    /// From now on until it does sample, nothing is known.
    private void begin() {
        long now = AgentClock.nanos() / 1000;
        boolean first = !asked && parts.stream().anyMatch(p -> p.since != 0);
        if (!quiet) parts.stream().filter(p -> !first || p.since == 0).forEach(p -> p.samples.unsampled(now, Seen.UNKNOWN));
        quiet = false;
        asked = true;
        awaitsFirst = first;
        ask(id -> new AgentRequest.Watch(id, number, interval.toNanos() / 1000, (int) deadline.toMillis(),
            parts.stream().map(p -> p.plan.dial()).toList(), parts.stream().map(p -> (long) p.series).toList(), first));
    }

    private void ask(LongFunction<AgentRequest> request) {
        long at = AgentClock.nanos();
        under.add(new Asking(at, link.ask(request).thenApply(r -> new Answer(r, AgentClock.nanos()))));
    }

    /// Ask for the last samples. What was asked before still brings others.
    void end() {
        take();
        if (running && !link.isLost()) ask(id -> new AgentRequest.Samples(id, number, true));
        running = false;
        timed = timed || trips > 0;
    }

    /// Whether an answer is awaited.
    boolean isAsked() {
        return !under.isEmpty() && !under.getLast().answer.isDone();
    }

    /// Take the answers that have come.
    ///
    /// @return why the agent cannot do what it was asked for, or null
    @Nullable String take() {
        String why = null;
        for (Asking first; (first = under.peek()) != null && first.answer.isDone();) {
            under.remove();
            var problem = take(first);
            if (problem != null) why = problem;
        }
        return why;
    }

    private @Nullable String take(Asking asking) {
        var answer = asking.answer.join();
        switch (answer.response) {
            case AgentResponse.Watching(_, _, var cannot) when cannot.isEmpty() -> {
                running = true;
                if (life != link.restarts()) {
                    clock = new ClockOffset();
                    trips = 0;
                    timed = false;
                }
                life = link.restarts();
            }
            case AgentResponse.Watching(_, _, var cannot) -> {
                refused = true;
                return cannot;
            }
            case AgentResponse.Sampled sampled -> sampled(asking, sampled, answer.at);
            case AgentResponse.Failed(_, var cause) -> {
                running = false;
                return cause;
            }
            case AgentResponse.Dialled _, AgentResponse.Saw _, AgentResponse.Opened _, AgentResponse.Sent _, AgentResponse.Received _, AgentResponse.Token _, AgentResponse.Arrivals _, AgentResponse.Held _, AgentResponse.Beats _, AgentResponse.Became _, AgentResponse.Found _, AgentResponse.Lacking _ ->
                throw new IllegalStateException("no answer to a watch");
        }
        return null;
    }

    private void sampled(Asking asking, AgentResponse.Sampled sampled, long at) {
        boolean fits = clock.answered(asking.at, sampled.clock(), at);
        missed += sampled.missedTicks();
        if (awaitsFirst) withoutFirst(sampled);
        awaitsFirst = false;
        long most = 0;
        for (int i = 0; i < Math.min(parts.size(), sampled.runs().size()); i++) {
            var numbers = sampled.runs().get(i).numbers();
            long count = 0;
            for (int n = 0; n + WIDTH <= numbers.size(); n += WIDTH) {
                early.add(new Came(parts.get(i), numbers.subList(n, n + WIDTH), fits));
                count += numbers.get(n + 3);
            }
            most = Math.max(most, count);
        }
        if (!fits) missed += most;
        trips++;
        timed = timed || isTimed(at) || !running;
        if (!timed) return;
        worst = Math.max(worst, clock.errorMicros(at));
        early.forEach(this::handOn);
        early.clear();
    }

    /// Where no shell has dialled, nothing is known since the pod was made.
    private void withoutFirst(AgentResponse.Sampled sampled) {
        for (int i = 0; i < parts.size(); i++) {
            var numbers = i < sampled.runs().size() ? sampled.runs().get(i).numbers() : List.<Long>of();
            boolean dialled = !numbers.isEmpty() && numbers.getFirst() == Seen.ABSENT.ordinal();
            if (!dialled && parts.get(i).since != 0) parts.get(i).samples.unsampled(parts.get(i).since, Seen.UNKNOWN);
        }
    }

    /// Where a clock has jumped, nothing is known of when it was.
    private void handOn(Came came) {
        var numbers = came.numbers;
        var seen = came.fits ? Seen.values()[(int) (long) numbers.get(0)] : Seen.UNKNOWN;
        var run = new FlowSamples.Run(seen, clock.ours(numbers.get(1)), clock.ours(numbers.get(2)), clock.errorMicros(AgentClock.nanos()),
            (int) (long) numbers.get(3), (int) (long) numbers.get(4));
        came.part.samples.add(run, came.part.listeners, came.part.series);
    }

    private boolean isTimed(long now) {
        return trips >= MOST_TRIPS || trips >= LEAST_TRIPS && clock.errorMicros(now) <= WELL;
    }

    /// Whether its clock is known as well as it will be.
    boolean isTimed() {
        return refused || !running || timed;
    }

    /// Whether it cannot keep the rate.
    boolean isRefused() {
        return refused;
    }

    AgentLink link() {
        return link;
    }

    List<Part> parts() {
        return parts;
    }

    /// The ticks that it missed since this was asked last.
    long takeMissed() {
        long taken = missed;
        missed = 0;
        return taken;
    }

    /// By how much times may be off so far, in microseconds.
    long worstMicros() {
        return worst;
    }
}
