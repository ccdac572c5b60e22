package dev.lockdown.cluster.kubernetes.agent;

import dev.lockdown.flow.Port;
import dev.lockdown.pod.HarnessEnd;
import dev.lockdown.pod.HarnessEnd.Welcome;
import dev.lockdown.pod.AgentRequest;
import dev.lockdown.pod.AgentResponse;
import dev.lockdown.probe.AgentClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// The stream of one agent, opened anew whenever it breaks or falls silent. Thread-safe.
public final class AgentLink implements AutoCloseable {
    private static final long EVERY = Duration.ofSeconds(1).toNanos();
    private static final long BETWEEN_FRAMES = Duration.ofMillis(2).toNanos();

    private final AgentStream.Source source;
    private final Executor threads;
    private final Duration silence;
    private final HarnessEnd end;
    private @Nullable Attachment current; // guarded by this
    private boolean attaching; // guarded by this
    private boolean closed; // guarded by this
    private volatile @Nullable String lost;
    private volatile @Nullable String identity;
    private final Queue<String> outbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean writing = new AtomicBoolean();
    private volatile long lastPing;
    private volatile long lastHeard = AgentClock.nanos();
    private final AtomicInteger attachments = new AtomicInteger();

    /// @param run names this harness
    /// @param silence of so long means that the stream is broken
    public AgentLink(AgentStream.Source source, String run, Duration silence, Executor threads) {
        this.source = source;
        this.threads = threads;
        this.silence = silence;
        end = new HarnessEnd(run, this::write);
    }

    /// One time that the stream was opened.
    private static final class Attachment {
        private volatile @Nullable AgentStream stream;
    }

    public CompletableFuture<Welcome> welcomed() {
        return end.welcomed();
    }

    /// Send a request. Its response comes even if the stream breaks in between.
    public CompletableFuture<AgentResponse> ask(LongFunction<AgentRequest> request) {
        var gone = lost;
        return gone == null ? end.ask(request) : CompletableFuture.completedFuture(new AgentResponse.Failed(0, gone));
    }

    /// Have the agent be another from now on.
    public CompletableFuture<AgentResponse> become(String other, List<Port> serves) {
        var gone = lost;
        if (gone != null) return CompletableFuture.completedFuture(new AgentResponse.Failed(0, gone));
        identity = other;
        return end.become(other, serves);
    }

    /// How often the agent's process has begun anew.
    public int restarts() {
        return end.restarts();
    }

    /// Look after the stream; to be called about once a second.
    public void beat() {
        Attachment now;
        synchronized (this) {
            now = current;
            if (closed || attaching) return;
            if (now == null) attaching = true;
        }
        if (now == null) {
            threads.execute(this::attach);
        } else if (AgentClock.nanos() - lastHeard > silence.toNanos()) {
            broken(now);
        } else if (!end.welcomed().isDone()) {
            end.greet();
        } else {
            ping();
        }
    }

    private void ping() {
        if (AgentClock.nanos() - lastPing < EVERY) return;
        lastPing = AgentClock.nanos();
        end.ping();
    }

    /// Whether there will be no agent any more.
    public boolean isLost() {
        return lost != null;
    }

    private void attach() {
        var next = new Attachment();
        try {
            var opened = source.open(line -> heard(next, line), () -> broken(next));
            next.stream = opened;
            if (opened == null) diagnose();
            else attached(next);
        } catch (RuntimeException e) {
            // The next beat tries again.
        } finally {
            synchronized (this) {
                attaching = false;
            }
        }
    }

    private void attached(Attachment next) {
        attachments.incrementAndGet();
        lastHeard = AgentClock.nanos();
        synchronized (this) {
            if (!closed) current = next;
        }
        if (current == next) end.greet();
        else close(next);
    }

    private void diagnose() {
        var gone = source.gone(identity);
        if (gone != null) lose(gone);
    }

    private void heard(Attachment from, String line) {
        synchronized (this) {
            if (current != null && current != from) return;
        }
        if (end.line(line)) lastHeard = AgentClock.nanos();
    }

    /// One frame at a time: the JDK's WebSocket takes no second before the first is on its way.
    private void write(String line) {
        outbox.add(line);
        if (writing.compareAndSet(false, true))
            try {
                threads.execute(this::drain);
            } catch (RejectedExecutionException e) {
                writing.set(false);
            }
    }

    private void drain() {
        do {
            var lines = new StringBuilder();
            for (String line; (line = outbox.poll()) != null;) lines.append(line).append('\n');
            if (!lines.isEmpty()) {
                send(lines.toString());
                LockSupport.parkNanos(BETWEEN_FRAMES);
            }
            writing.set(false);
        } while (!outbox.isEmpty() && writing.compareAndSet(false, true));
    }

    private void send(String lines) {
        Attachment now;
        synchronized (this) {
            now = current;
        }
        if (now == null || now.stream == null) return;
        try {
            synchronized (now) {
                now.stream.write(lines.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            // What was said and not acknowledged is said again on the next stream.
            broken(now);
        }
    }

    private void broken(Attachment which) {
        synchronized (this) {
            if (current != which) return;
            current = null;
        }
        threads.execute(() -> close(which));
    }

    /// Say that there will be no agent any more.
    void lose(String why) {
        lost = why;
        end.abandon(why);
    }

    private static void close(Attachment attachment) {
        if (attachment.stream != null) attachment.stream.close();
    }

    @Override
    public void close() {
        Attachment last;
        synchronized (this) {
            closed = true;
            last = current;
            current = null;
        }
        if (last != null) close(last);
        lose("the agent of %s was dismissed".formatted(source));
    }

    @Override
    public String toString() {
        return "%s (attached %s times)".formatted(source, attachments.get());
    }
}
