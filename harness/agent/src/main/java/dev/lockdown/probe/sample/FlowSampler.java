package dev.lockdown.probe.sample;

import dev.lockdown.probe.Closing;
import dev.lockdown.probe.Line;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Samples flows at a fixed rate, on a thread of its own, until it is closed or forgotten. A tick does not wait for the answers to the one
/// before; each sample has a socket and a port of its own. Answers are looked for at the next tick, since only the time of sending counts.
///
/// ```java
/// try (var sampler = FlowSampler.start("shop/web", List.of(new FlowSampler.Target(line, null)), interval, deadline)) {
///     sampler.take();
/// }
/// ```
public final class FlowSampler implements AutoCloseable {
    /// A tick that comes later than so many intervals is not taken: something held up this process, and what it saw would be of another
    /// time.
    static final int LATEST = 3;
    /// So many ticks in a row that take longer than the interval are no accident.
    static final int SLOW = 8;
    private static final long FORGOTTEN = TimeUnit.MINUTES.toNanos(3);
    private static final long COARSE = TimeUnit.MILLISECONDS.toNanos(1);

    private final List<SampledFlow> flows;
    private final long interval;
    private final long deadline;
    private final Selector selector;
    private final Thread thread;
    private final ByteBuffer answers = ByteBuffer.allocateDirect(65_535);
    private final AtomicLong missed = new AtomicLong();
    private volatile long lastTaken = System.nanoTime();
    private volatile boolean ending;
    private int slow;

    /// @param line whom to dial from where
    /// @param questions what the sample of each number asks; null for a connection that need only stand
    public record Target(Line line, @Nullable IntFunction<Question> questions) {}

    /// What was seen since the last time.
    ///
    /// @param clock the agent's, in microseconds
    /// @param missedTicks due and not taken
    /// @param runs of each flow
    public record Taken(long clock, long missedTicks, List<List<SeenRun>> runs) {
        public Taken {
            runs = List.copyOf(runs);
        }
    }

    private FlowSampler(String name, List<SampledFlow> flows, Duration interval, Duration deadline, Selector selector) {
        this.flows = flows;
        this.interval = interval.toNanos();
        this.deadline = deadline.toNanos();
        this.selector = selector;
        thread = Thread.ofPlatform().daemon().name("samples of " + name).unstarted(this::run);
    }

    /// What one sample costs this process: measured by some dials of the flow.
    public static Duration cost(Target target) throws IOException {
        return DialCost.measure(target);
    }

    /// @param interval between two samples of the same flow
    /// @param deadline how long an answer may take; less than a second, after which a kernel sends its SYN again
    public static FlowSampler start(String name, List<Target> targets, Duration interval, Duration deadline) throws IOException {
        var sampler = unstarted(name, targets, interval, deadline);
        sampler.thread.start();
        return sampler;
    }

    static FlowSampler unstarted(String name, List<Target> targets, Duration interval, Duration deadline) throws IOException {
        var flows = targets.stream().map(t -> new SampledFlow(t.line, t.questions)).toList();
        return new FlowSampler(name, flows, interval, deadline, Selector.open());
    }

    private void run() {
        try {
            long due = System.nanoTime();
            while (!ending && System.nanoTime() - lastTaken < FORGOTTEN) {
                long early = due - System.nanoTime();
                if (early > 0) await(early);
                else due = tick(due);
            }
            while (!flows.stream().allMatch(SampledFlow::isIdle)) {
                LockSupport.parkNanos(this, COARSE);
                look();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the samples of %s".formatted(thread.getName()), e);
        } finally {
            flows.forEach(SampledFlow::close);
            Closing.quietly(selector);
        }
    }

    /// Not on the selector: it would wake up for each answer, which counts for nothing before the next tick.
    private void await(long nanos) {
        LockSupport.parkNanos(this, nanos);
    }

    /// @return when the next is due
    long tick(long due) throws IOException {
        long now = System.nanoTime();
        if (now - due > LATEST * interval) {
            long next = missed(due, (now - due) / interval);
            look();
            return next;
        }
        look();
        for (var flow : flows) flow.send(interval);
        long next = due + interval;
        long ended = System.nanoTime();
        slow = ended - now > interval ? slow + 1 : 0;
        if (slow < SLOW) return next;
        // Whoever cannot keep up must not take the whole machine: it rests as long as it worked.
        long rested = 2 * ended - now;
        return rested <= next ? next : missed(next, (rested - next + interval - 1) / interval);
    }

    /// @return when the first is due that is not missed
    private long missed(long due, long ticks) {
        int skipped = (int) Math.min(Integer.MAX_VALUE, ticks);
        missed.addAndGet(skipped);
        for (var flow : flows) flow.missed(due, due + (skipped - 1) * interval, skipped);
        return due + skipped * interval;
    }

    private void look() throws IOException {
        for (var flow : flows) flow.lookAtYoung(answers, selector);
        selector.selectNow(key -> ((Sample) key.attachment()).look(answers));
        long now = System.nanoTime();
        for (var flow : flows) flow.settle(now, deadline);
    }

    /// Take what was seen since the last time. On any thread.
    public Taken take() {
        lastTaken = System.nanoTime();
        var runs = new ArrayList<List<SeenRun>>();
        for (var flow : flows) runs.add(flow.take());
        return new Taken(System.nanoTime() / 1000, missed.getAndSet(0), runs);
    }

    /// Whether it samples no more.
    public boolean isOver() {
        return !thread.isAlive();
    }

    /// Take no more samples, and wait for the last answers. Repeatable.
    @Override
    public void close() {
        ending = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive())
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
