package dev.lockdown.cluster.kubernetes.agent;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.pod.HarnessEnd;
import dev.lockdown.pod.HarnessEnd.Welcome;
import dev.lockdown.pod.AgentRequest;
import dev.lockdown.pod.AgentResponse;
import dev.lockdown.probe.AgentClock;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecListener;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// The attached stream of one agent, attached anew whenever it breaks or falls silent. It runs through the API server and the kubelet,
/// so no NetworkPolicy stands in its way. Thread-safe.
public final class AgentLink implements AutoCloseable {
    private static final long EVERY = Duration.ofSeconds(1).toNanos();
    private static final long BETWEEN_FRAMES = Duration.ofMillis(2).toNanos();

    private final KubernetesClient client;
    private final NamespacedName pod;
    private final Executor threads;
    private final Duration silence;
    private final HarnessEnd end;
    private @Nullable Stream stream; // guarded by this
    private boolean attaching; // guarded by this
    private boolean closed; // guarded by this
    private volatile @Nullable String lost;
    private final Queue<String> outbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean writing = new AtomicBoolean();
    private volatile long lastPing;
    private volatile long lastHeard = AgentClock.nanos();
    private final AtomicInteger attachments = new AtomicInteger();

    /// @param pod its name in the cluster
    /// @param run names this harness
    /// @param silence of so long means that the stream is broken
    public AgentLink(KubernetesClient client, NamespacedName pod, String run, Duration silence, Executor threads) {
        this.client = client;
        this.pod = pod;
        this.threads = threads;
        this.silence = silence;
        end = new HarnessEnd(run, this::write);
    }

    /// One attachment.
    private final class Stream implements ExecListener {
        private @Nullable ExecWatch watch;

        @Override
        public void onFailure(Throwable cause, @Nullable Response response) {
            broken(this);
        }

        @Override
        public void onClose(int code, String reason) {
            broken(this);
        }
    }

    public CompletableFuture<Welcome> welcomed() {
        return end.welcomed();
    }

    /// Send a request. Its response comes even if the stream breaks in between.
    public CompletableFuture<AgentResponse> ask(LongFunction<AgentRequest> request) {
        var gone = lost;
        return gone == null ? end.ask(request) : CompletableFuture.completedFuture(new AgentResponse.Failed(0, gone));
    }

    /// How often the agent's process has begun anew.
    public int restarts() {
        return end.restarts();
    }

    /// Look after the stream; to be called about once a second.
    public void beat() {
        Stream current;
        synchronized (this) {
            current = stream;
            if (closed || attaching) return;
            if (current == null) attaching = true;
        }
        if (current == null) {
            threads.execute(this::attach);
        } else if (AgentClock.nanos() - lastHeard > silence.toNanos()) {
            broken(current);
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
        var next = new Stream();
        try {
            next.watch = client.pods().inNamespace(pod.namespace()).withName(pod.name()).redirectingInput()
                .writingOutput(new Lines(line -> heard(next, line))).usingListener(next).attach();
            attachments.incrementAndGet();
            lastHeard = AgentClock.nanos();
            synchronized (this) {
                attaching = false;
                if (!closed) stream = next;
            }
            if (stream == next) end.greet();
            else close(next);
        } catch (KubernetesClientException e) {
            diagnose();
            synchronized (this) {
                attaching = false;
            }
        } catch (RuntimeException e) {
            synchronized (this) {
                attaching = false;
            }
        }
    }

    /// The pod itself says whether it is worth trying again.
    private void diagnose() {
        try {
            var there = client.pods().inNamespace(pod.namespace()).withName(pod.name()).get();
            if (there == null) lose("the pod %s is gone".formatted(pod));
            else
                if ("Failed".equals(there.getStatus().getPhase()))
                    lose("the pod %s has %s".formatted(pod, PodTrouble.hopeless(there)));
        } catch (KubernetesClientException | IllegalStateException | RejectedExecutionException e) {
            // Then the API itself is away, and both come back together; or the run ends, and the client is closed.
        }
    }

    private void heard(Stream from, String line) {
        synchronized (this) {
            if (stream != null && stream != from) return;
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
        Stream current;
        synchronized (this) {
            current = stream;
        }
        if (current == null || current.watch == null) return;
        try {
            var in = current.watch.getInput();
            synchronized (current) {
                in.write(lines.getBytes(StandardCharsets.US_ASCII));
                in.flush();
            }
        } catch (IOException | KubernetesClientException | IllegalStateException e) {
            // What was said and not acknowledged is said again on the next stream.
            broken(current);
        }
    }

    private void broken(Stream which) {
        synchronized (this) {
            if (stream != which) return;
            stream = null;
        }
        threads.execute(() -> close(which));
    }

    /// Say that there will be no agent any more.
    void lose(String why) {
        lost = why;
        end.abandon(why);
    }

    private static void close(Stream stream) {
        if (stream.watch != null) stream.watch.close();
    }

    @Override
    public void close() {
        Stream last;
        synchronized (this) {
            closed = true;
            last = stream;
            stream = null;
        }
        if (last != null) close(last);
        lose("the agent of %s was dismissed".formatted(pod));
    }

    @Override
    public String toString() {
        return "%s (attached %s times)".formatted(pod, attachments.get());
    }

    /// Cuts what comes into lines.
    private static final class Lines extends OutputStream {
        private static final int LONGEST = 1 << 24;

        private final Consumer<String> each;
        private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

        Lines(Consumer<String> each) {
            this.each = each;
        }

        @Override
        public synchronized void write(int b) {
            if (b != '\n') {
                if (begun.size() < LONGEST) begun.write(b);
                return;
            }
            var line = begun.toString(StandardCharsets.UTF_8);
            begun.reset();
            each.accept(line);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            for (int i = offset; i < offset + length; i++) write(bytes[i]);
        }
    }
}
