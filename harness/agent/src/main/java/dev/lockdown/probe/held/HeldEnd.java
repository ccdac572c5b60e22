package dev.lockdown.probe.held;

import dev.lockdown.probe.Closing;
import dev.lockdown.probe.SeenAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One end of a connection: sends beats at a rate, each its number in eight bytes, and hears those of the other end, on a thread of its own
/// until it is closed or forgotten. What became of a beat is known only by both ends together.
public final class HeldEnd implements AutoCloseable {
    private static final int BEAT = Long.BYTES;
    /// A beat that is late by more intervals leaves out those between.
    private static final int BEHIND = 3;
    private static final long FORGOTTEN = TimeUnit.MINUTES.toNanos(3);
    /// So long may it take to look for what came.
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(5);

    private final ByteChannel channel;
    private final boolean datagrams;
    private final long interval;
    private final boolean answers;
    private final BeatLog sent;
    private final BeatLog heard;
    private final List<Long> refused = new ArrayList<>(); // guarded by itself
    private final Thread thread;
    private final ByteBuffer came = ByteBuffer.allocateDirect(1 << 12);
    private final ByteBuffer reading = ByteBuffer.allocate(BEAT);
    private final ByteBuffer writing = ByteBuffer.allocate(BEAT).limit(0);
    private volatile long lastTaken = System.nanoTime();
    private volatile boolean ending;
    private volatile boolean over;
    private long missed; // guarded by refused
    private long number;
    private boolean addressed;

    /// What was sent and heard since the last time.
    ///
    /// @param clock the agent's, in microseconds
    /// @param missed beats that were due and not sent, because this process was late
    /// @param refused the numbers of those of which somebody said that there is no such connection
    /// @param over whether it has ended, so that nothing follows
    public record Taken(long clock, long missed, List<BeatRun> sent, List<Long> refused, List<BeatRun> heard, boolean over) {
        public Taken {
            sent = List.copyOf(sent);
            refused = List.copyOf(refused);
            heard = List.copyOf(heard);
        }
    }

    /// @param channel non-blocking and connected; closed with this
    /// @param interval between two beats, or zero for one after another without a pause
    /// @param answers whether to send nothing before something was heard: of several servers of datagrams only one is spoken to
    public HeldEnd(String name, ByteChannel channel, boolean datagrams, Duration interval, boolean answers) {
        if (channel instanceof SelectableChannel selectable && selectable.isBlocking())
            throw new IllegalArgumentException("an end that blocks would miss its beats");
        this.channel = channel;
        this.datagrams = datagrams;
        this.interval = interval.toNanos();
        this.answers = answers;
        sent = new BeatLog(interval.toNanos() / 1000);
        heard = new BeatLog(interval.toNanos() / 1000);
        thread = Thread.ofPlatform().daemon().name("beats of " + name).unstarted(this::run);
    }

    /// Ask an agent at the far end, before the first beat, from which address this end comes.
    ///
    /// @return null where nobody says it in time
    /// @throws IllegalStateException if beats have begun
    public @Nullable InetSocketAddress seenAs(Duration deadline) {
        if (thread.getState() != Thread.State.NEW) throw new IllegalStateException("its beats have begun");
        return SeenAddress.of(channel, datagrams, deadline);
    }

    /// Begin to send. Repeatable.
    public void start() {
        if (thread.getState() == Thread.State.NEW) thread.start();
    }

    private void run() {
        try (channel) {
            long due = System.nanoTime();
            while (!ending && !over && System.nanoTime() - lastTaken < FORGOTTEN) {
                long early = due - System.nanoTime();
                if (early > 0) {
                    LockSupport.parkNanos(this, Math.min(early, LOOK));
                } else {
                    due = left(due, -early);
                    if (!answers || addressed) send();
                    due += interval;
                }
                hear();
            }
        } catch (IOException e) {
            over = true;
        }
    }

    /// @return when the beat is due that is not left out
    private long left(long due, long behind) {
        if (interval == 0 || behind <= BEHIND * interval) return due;
        long skipped = behind / interval;
        synchronized (refused) {
            missed += skipped;
        }
        return due + skipped * interval;
    }

    /// A beat that does not go out, since those before it do not arrive, is one of which nobody hears.
    private void send() {
        long next = ++number;
        try {
            if (!writing.hasRemaining()) writing.clear().putLong(next).flip();
            sent.add(next, System.nanoTime() / 1000);
            channel.write(writing);
            if (datagrams) writing.limit(0).position(0);
        } catch (IOException e) {
            failed(e);
        }
    }

    private void hear() {
        for (boolean more = true; more && !over;) {
            try {
                int count = channel.read(came.clear());
                more = count > 0;
                if (count < 0) ended();
                else if (count > 0) beats();
            } catch (IOException e) {
                failed(e);
                // An ICMP error is told once, before the datagrams that came.
                more = e instanceof PortUnreachableException;
            }
        }
    }

    private void beats() {
        came.flip();
        // A late answer to what was asked before.
        if (datagrams && came.remaining() != BEAT) return;
        addressed = true;
        while (came.hasRemaining()) {
            reading.put(came.get());
            if (reading.hasRemaining()) continue;
            heard.add(reading.flip().getLong(), System.nanoTime() / 1000);
            reading.clear();
        }
    }

    private void failed(IOException failure) {
        // Closed at this end: nobody else said so.
        if (failure instanceof ClosedChannelException) over = true;
        else if (failure instanceof PortUnreachableException) refused(number);
        // Another ICMP error of a datagram: it was lost, as its silence will tell.
        else if (!datagrams) ended();
    }

    private void ended() {
        refused(number);
        over = true;
    }

    private void refused(long which) {
        synchronized (refused) {
            if (refused.isEmpty() || refused.getLast() != which) refused.add(which);
        }
    }

    /// Take what was sent and heard since the last time. On any thread.
    public Taken take() {
        lastTaken = System.nanoTime();
        // Those that were heard first: what is sent in between is heard later.
        var came = heard.take();
        synchronized (refused) {
            var taken = new Taken(System.nanoTime() / 1000, missed, sent.take(), refused, came, over);
            missed = 0;
            refused.clear();
            return taken;
        }
    }

    /// Reset it. Repeatable.
    @Override
    public void close() {
        ending = true;
        LockSupport.unpark(thread);
        if (thread.getState() == Thread.State.NEW) Closing.quietly(channel);
    }
}
