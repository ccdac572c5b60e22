package dev.lockdown.cluster.kubernetes.agent;

import dev.lockdown.cluster.kubernetes.agent.AgentLink;
import dev.lockdown.cluster.kubernetes.agent.ClockOffset;
import dev.lockdown.pod.AgentRequest;
import dev.lockdown.pod.AgentResponse;
import dev.lockdown.probe.AgentClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The agent at one end of a held connection, asked for its beats again and again. All times are ours, in microseconds. Used by one thread at
/// a time.
public final class HeldAgent {
    private static final int WIDTH = 4;

    private final AgentLink link;
    private final int number;
    private final int life;
    private final ClockOffset clock = new ClockOffset();
    private @Nullable Asking under;
    private boolean dead;
    private boolean over;
    private long knownUntil = Long.MIN_VALUE;
    private long missed;

    private record Asking(long at, CompletableFuture<Answer> answer) {}

    private record Answer(AgentResponse response, long at) {}

    /// One beat.
    public record Beat(long number, long at) {}

    /// What was told.
    public record Told(List<Beat> sent, List<Long> refused, List<Beat> heard) {}

    /// @param number of the connection
    public HeldAgent(AgentLink link, int number) {
        this.link = link;
        this.number = number;
        life = link.restarts();
    }

    public AgentLink link() {
        return link;
    }

    /// Ask for its beats, unless an answer is awaited.
    public void poll(boolean last) {
        if (under != null || dead) return;
        long at = AgentClock.nanos();
        under =
            new Asking(at, link.ask(id -> new AgentRequest.BeatsOf(id, number, last)).thenApply(r -> new Answer(r, AgentClock.nanos())));
    }

    /// Take the answer, if it has come.
    public @Nullable Told take() {
        var asking = under;
        if (asking == null || !asking.answer.isDone()) return null;
        under = null;
        var answer = asking.answer.join();
        if (!(answer.response instanceof AgentResponse.Beats beats) || link.restarts() != life) {
            // A process that began anew has lost its sockets, and whoever was sent away has let go of them.
            dead = true;
            return null;
        }
        clock.answered(asking.at, beats.clock(), answer.at);
        // What it had heard by then it has told.
        knownUntil = asking.at / 1000;
        missed += beats.missed();
        over |= beats.over();
        return new Told(beats(beats.sent()), beats.refused(), beats(beats.heard()));
    }

    private List<Beat> beats(List<Long> numbers) {
        var beats = new ArrayList<Beat>();
        for (int i = 0; i + WIDTH <= numbers.size(); i += WIDTH) {
            long count = numbers.get(i + 3);
            long first = clock.ours(numbers.get(i + 1));
            long last = clock.ours(numbers.get(i + 2));
            for (int n = 0; n < count; n++)
                beats.add(new Beat(numbers.get(i) + n, count == 1 ? first : first + (last - first) * n / (count - 1)));
        }
        return beats;
    }

    /// Whether its process is gone, or its connection with it.
    public boolean isDead() {
        return dead || link.isLost() || link.restarts() != life;
    }

    /// Whether its connection has ended.
    public boolean isOver() {
        return over;
    }

    /// What it had heard until then is known.
    public long knownUntil() {
        return knownUntil;
    }

    /// Beats that it missed since this was asked last.
    public long takeMissed() {
        long taken = missed;
        missed = 0;
        return taken;
    }
}
