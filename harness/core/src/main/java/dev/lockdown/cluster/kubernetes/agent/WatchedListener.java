package dev.lockdown.cluster.kubernetes.agent;

import dev.lockdown.pod.AgentRequest;
import dev.lockdown.pod.AgentResponse;
import dev.lockdown.probe.AgentClock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// An agent that is dialled by watched flows, asked again and again whether it is there. What was silent or refused while it was not says
/// nothing of the network. All times are ours, in microseconds. Used by the watch's thread.
public final class WatchedListener {
    /// Whoever takes so long for a request may have been held up, and with it what it answers over UDP.
    private static final long SLOW = 250_000;

    private final AgentLink link;
    private final List<Question> asked = new ArrayList<>();
    private @Nullable Asking under;
    private int life = -1;
    private long aliveSince = Long.MAX_VALUE;
    private long aliveUntil = Long.MIN_VALUE;
    private long slowFrom = Long.MAX_VALUE;
    private long slowUntil = Long.MIN_VALUE;

    /// Which of some numbered datagrams arrived, as soon as it is known.
    static final class Question {
        private final int series;
        private final int first;
        private final BitSet arrived = new BitSet();
        private final int count;
        private boolean answered;

        Question(int series, int first, int count) {
            this.series = series;
            this.first = first;
            this.count = count;
        }

        boolean isAnswered() {
            return answered;
        }

        /// @param at counted from the first
        boolean arrived(int at) {
            return arrived.get(at);
        }
    }

    private record Asking(long at, int life, List<Question> questions, CompletableFuture<Answer> answer) {}

    private record Answer(AgentResponse response, long at) {}

    /// What is known of a time.
    enum Known {
        /// It was there all the while.
        THERE,
        /// It was not, or not for sure.
        DOUBTFUL,
        /// That is still to be asked.
        OPEN
    }

    public WatchedListener(AgentLink link) {
        this.link = link;
    }

    /// Ask soon which of some datagrams arrived.
    public Question ask(int series, int first, int count) {
        var question = new Question(series, first, count);
        asked.add(question);
        return question;
    }

    /// Ask, unless an answer is awaited.
    public void poll() {
        take();
        if (under != null) return;
        var questions = List.copyOf(asked);
        asked.clear();
        var numbers = questions.stream().flatMap(q -> List.of((long) q.series, (long) q.first, (long) q.count).stream()).toList();
        long now = AgentClock.nanos() / 1000;
        under = new Asking(now, link.restarts(), questions,
            link.ask(id -> new AgentRequest.Arrived(id, numbers)).thenApply(r -> new Answer(r, AgentClock.nanos() / 1000)));
    }

    /// Whether an answer is awaited.
    public boolean isAsked() {
        return under != null && !under.answer.isDone();
    }

    /// Take the answer, if it has come.
    public void take() {
        var asking = under;
        if (asking == null || !asking.answer.isDone()) return;
        under = null;
        var answer = asking.answer.join();
        // A restart in between loses the answer, and so does a process that knows nothing of what its last one was told.
        boolean valid = answer.response instanceof AgentResponse.Arrivals && asking.life == link.restarts();
        if (valid) alive(asking, answer);
        if (answer.response instanceof AgentResponse.Arrivals(_, var ranges))
            for (int i = 0; i + 2 < ranges.size(); i += 3) arrived(asking.questions, ranges.subList(i, i + 3));
        asking.questions.forEach(q -> q.answered = true);
    }

    private void alive(Asking asking, Answer answer) {
        if (asking.life != life) {
            life = asking.life;
            aliveSince = asking.at;
        }
        if (answer.at - asking.at > SLOW) {
            slowFrom = Math.max(aliveSince, aliveUntil);
            slowUntil = answer.at;
        }
        aliveUntil = asking.at;
    }

    private static void arrived(List<Question> questions, List<Long> range) {
        for (var question : questions) {
            if (question.series != range.get(0)) continue;
            long from = range.get(1) - question.first;
            long to = from + range.get(2);
            if (from < question.count && to > 0) question.arrived.set((int) Math.max(0, from), (int) Math.min(question.count, to));
        }
    }

    /// @param awaiting what it was held up with counts too: an answer that it gave too late
    Known known(long first, long last, boolean awaiting) {
        if (first < aliveSince && aliveSince != Long.MAX_VALUE) return Known.DOUBTFUL;
        if (last <= aliveUntil) return awaiting && first < slowUntil && last > slowFrom ? Known.DOUBTFUL : Known.THERE;
        return link.isLost() ? Known.DOUBTFUL : Known.OPEN;
    }
}
