package dev.lockdown.cluster.kubernetes.agent;

import dev.lockdown.cluster.Dialling;
import java.util.Comparator;
import java.time.Instant;
import dev.lockdown.cluster.Waits;
import dev.lockdown.flow.Outcome.ProbeFailed;
import dev.lockdown.pod.AgentRequest;
import dev.lockdown.pod.AgentRequest.DialRequest;
import dev.lockdown.pod.AgentResponse;
import dev.lockdown.pod.AgentResponse.Seen;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;

/// Requests to agents and their responses, which are waited for as long as the dials last and a little longer. What does not come is a
/// [AgentResponse.Failed]. Thread-safe.
public final class AgentCalls {
    private static final Duration TRAVEL_WHEN_AWAY = Duration.ofMillis(200);
    /// Beside the deadline of the dials, on a busy machine.
    private static final Duration UNTOLD = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final InstantSource clock;
    private final Duration travel;
    private final Waits waits;
    private volatile boolean away;

    /// @param travel for the way there and back, beside the deadline of the dials
    public AgentCalls(InstantSource clock, Duration travel) {
        this(clock, travel, new Waits());
    }

    /// The same, telling where the way to the agents seems to be lost.
    public AgentCalls(InstantSource clock, Duration travel, Waits waits) {
        this.clock = clock;
        this.travel = travel;
        this.waits = waits;
    }

    public AgentResponse call(AgentLink link, LongFunction<AgentRequest> request, Duration deadline) {
        return await(link.ask(request), deadline);
    }

    /// Have one dial made.
    public Seen dial(AgentLink link, DialRequest dial, Dialling how) {
        var asked = clock.instant();
        var response = call(link, id -> dials(id, List.of(dial), new Dialling(how.deadline(), 0)), how.deadline());
        return response instanceof AgentResponse.Dialled(_, var seen) && seen.size() == 1 ? inOurTime(seen, asked).getFirst()
            : failed(cause(response));
    }

    /// What was seen, by our clock: that of an agent's node may be an hour off. What ended before it was asked for, or ends later than now, is
    /// shifted so that the last of it ends now.
    ///
    /// @param asked when
    public List<Seen> inOurTime(List<Seen> seen, Instant asked) {
        var now = clock.instant();
        if (seen.stream().noneMatch(s -> s.at().isBefore(asked) || s.at().isAfter(now))) return seen;
        var off = Duration.between(seen.stream().map(Seen::at).max(Comparator.naturalOrder()).orElse(now), now);
        return seen.stream().map(s -> {
            var at = s.at().plus(off);
            return new Seen(s.outcome(), at.isBefore(asked) ? asked : at, s.nonce(), s.answer());
        }).toList();
    }

    public static AgentRequest dials(long id, List<DialRequest> dials, Dialling how) {
        return new AgentRequest.Dials(id, (int) how.deadline().toMillis(), how.payload(), dials);
    }

    /// What a dial saw that could not be made.
    public Seen failed(String cause) {
        return new Seen(new ProbeFailed(cause), clock.instant(), null, null);
    }

    /// Why a response is not the one that was asked for.
    public static String cause(AgentResponse response) {
        return response instanceof AgentResponse.Failed(_, var cause) ? cause : "the agent answered something else";
    }

    /// Once one agent has let the whole time pass, the way to them all is likely down, and the others are not waited for as long.
    public AgentResponse await(CompletableFuture<AgentResponse> response, Duration deadline) {
        var longest = deadline.plus(away ? TRAVEL_WHEN_AWAY : travel);
        try {
            return got(response, deadline, longest);
        } catch (TimeoutException e) {
            away = true;
            return new AgentResponse.Failed(0,
                String.format(Locale.ROOT, "its agent did not report within %.1f s; the API server or the kubelet between may be down",
                    longest.toMillis() / 1e3));
        } catch (ExecutionException e) {
            return new AgentResponse.Failed(0, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new AgentResponse.Failed(0, "interrupted");
        }
    }

    private AgentResponse got(CompletableFuture<AgentResponse> response, Duration deadline, Duration longest)
            throws ExecutionException, InterruptedException, TimeoutException {
        var quiet = deadline.plus(UNTOLD).compareTo(longest) < 0 ? deadline.plus(UNTOLD) : longest;
        try {
            return response.get(quiet.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            waits.patiently("agents to answer, which do not: the API server, a kubelet or the way to them may be down", response::isDone,
                longest.minus(quiet), LOOK);
            if (Thread.interrupted()) throw new InterruptedException();
            return response.get(0, TimeUnit.MILLISECONDS);
        }
    }
}
