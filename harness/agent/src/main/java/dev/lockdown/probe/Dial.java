package dev.lockdown.probe;

import dev.lockdown.flow.Drop;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Outcome.Lost;
import dev.lockdown.flow.Outcome.TimedOut;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One probe on its way: up to three attempts within its deadline, staggered evenly, each on a socket and a port of its own. Whichever
/// sees something first decides; the earlier ones keep listening while a later one tries, so that one lost packet is not a verdict.
///
/// ```java
/// try (var dial = Dial.over(line, Echo.of(Set.of("shop/api"), 0), Duration.ofMillis(1500))) {
///     dial.start();
///     while (!dial.advance()) { serve others, or wait on a selector }
///     dial.outcome();
/// }
/// ```
/// Nothing of it waits. Used by one thread at a time.
public final class Dial implements AutoCloseable {
    /// Attempts of a dial.
    static final int ATTEMPTS = 3;
    private static final Duration BEFORE_RETRANSMISSION = Duration.ofMillis(900);
    private static final long PAUSE = Duration.ofMillis(1).toNanos();

    private final Supplier<Attempt> attempt;
    private final int most;
    private final boolean oneAtATime;
    private final @Nullable Exchange exchange;
    private final long deadline;
    private final List<Attempt> attempts = new ArrayList<>(1);
    private Wakeups wakeups = Wakeups.NONE;
    private Wakeups.Ready ready = () -> {};
    private long began;
    private @Nullable Outcome outcome;
    private @Nullable Instant ended;

    private Dial(Supplier<Attempt> attempt, int most, boolean oneAtATime, @Nullable Exchange exchange, Duration deadline) {
        this.attempt = attempt;
        this.most = most;
        this.oneAtATime = oneAtATime;
        this.exchange = exchange;
        this.deadline = deadline.toNanos();
    }

    /// Prepare a dial of one attempt, for a target that is chosen anew for each: a second attempt would hide what the first one met. Its
    /// deadline ends before the kernel itself tries a second time (RFC 6298: after one second).
    public static Dial once(Line line, Exchange exchange, Duration deadline) {
        return over(line, exchange, 1, deadline.compareTo(BEFORE_RETRANSMISSION) < 0 ? deadline : BEFORE_RETRANSMISSION);
    }

    /// Prepare a dial. Nothing is opened before [#start].
    public static Dial over(Line line, Exchange exchange, Duration deadline) {
        return over(line, exchange, ATTEMPTS, deadline);
    }

    private static Dial over(Line line, Exchange exchange, int most, Duration deadline) {
        boolean datagram = line.protocol() == Protocol.UDP;
        if (exchange instanceof HandOver && datagram) throw new IllegalArgumentException("over UDP there is no connection to hand over");
        Supplier<Attempt> attempt = () -> datagram ? new UdpAttempt(line, exchange) : new StreamAttempt(line, exchange);
        // Sockets with the same addresses and ports at both ends cannot stand side by side.
        return new Dial(attempt, most, line.ports().fixed(), exchange, deadline);
    }

    /// Prepare to send a datagram that answers nothing. `Connected` says that it arrived, and its round trip is one way.
    public static Dial over(Unsolicited unasked, Duration deadline) {
        return new Dial(() -> new UnsolicitedAttempt(unasked), ATTEMPTS, false, null, deadline);
    }

    /// Prepare to send ICMP echo requests.
    ///
    /// @param source the address to send from, or null where the kernel shall choose
    public static Dial ping(Sockets sockets, InetAddress target, @Nullable InetAddress source, Duration deadline) {
        return new Dial(() -> new PingAttempt(sockets, target, source), ATTEMPTS, false, null, deadline);
    }

    /// A question that is answered without a dial: its answer is known, and so is the time.
    public static Dial answered(Outcome outcome) {
        var dial = new Dial(() -> {
            throw new IllegalStateException("nothing is dialled");
        }, ATTEMPTS, false, null, Duration.ZERO);
        dial.decided(outcome);
        return dial;
    }

    /// Make the first attempt, as far as it goes without waiting.
    ///
    /// @return whether the dial is decided already
    public boolean start() {
        if (outcome != null) return true;
        began = System.nanoTime();
        return decided(beginAttempt());
    }

    void start(Wakeups loop, Wakeups.Ready driver) {
        wakeups = loop;
        ready = driver;
        start();
    }

    /// Go on as far as possible without waiting: read what came, begin the attempt that is due, give up at the deadline.
    ///
    /// @return whether the dial is decided
    public boolean advance() {
        if (outcome != null) return true;
        for (int i = 0; i < attempts.size(); i++) if (decided(attempts.get(i).advance())) return true;
        long waited = System.nanoTime() - began;
        if (waited >= deadline) return decided(silence(waited));
        if (attempts.size() < most && waited >= due(attempts.size())) return decided(beginAttempt());
        return false;
    }

    /// Drive the dial on this thread alone until it is decided.
    public void run() {
        start();
        while (!advance()) LockSupport.parkNanos(PAUSE);
    }

    private long due(int attempt) {
        return deadline * attempt / most;
    }

    private @Nullable Outcome beginAttempt() {
        if (oneAtATime) attempts.forEach(Attempt::close);
        var next = attempt.get();
        attempts.add(next);
        return next.begin(wakeups, ready);
    }

    private Outcome silence(long waited) {
        var besides = exchange == null ? null : exchange.silence();
        return besides != null ? besides : new TimedOut(Duration.ofNanos(waited), Lost.UNKNOWN);
    }

    private boolean decided(@Nullable Outcome seen) {
        if (seen == null) return false;
        outcome = seen;
        ended = Instant.now();
        if (exchange instanceof HandOver handOver && seen instanceof Outcome.Connected) handOver(handOver);
        close();
        return true;
    }

    /// Take the data plane's word that it dropped a packet of this dial, and end it before its deadline. No effect where it is decided.
    public void dropped(Lost lost) {
        if (outcome == null) decided(new TimedOut(Duration.ofNanos(System.nanoTime() - began), lost));
    }

    /// Whether the far end can have something to answer: the connection stands, or the datagram is sent.
    public boolean hasAsked() {
        for (int i = 0; i < attempts.size(); i++) if (attempts.get(i).hasAsked()) return true;
        return false;
    }

    /// Say which half was lost, once somebody has asked the far end. No effect unless the dial timed out.
    public void lost(Lost lost) {
        if (outcome instanceof TimedOut timedOut) outcome = new TimedOut(timedOut.after(), lost);
    }

    /// How long until there is something to do though nothing comes, in nanoseconds; not positive where it is due.
    long untilDue() {
        return mustBePolled() ? Math.min(untilNext(), PAUSE) : untilNext();
    }

    /// How long ago it began, in nanoseconds.
    long age() {
        return System.nanoTime() - began;
    }

    /// Whether there may be something to do though nobody was woken.
    boolean isDue() {
        return mustBePolled() || untilNext() <= 0;
    }

    private boolean mustBePolled() {
        return !attempts.isEmpty() && attempts.getFirst().mustBePolled();
    }

    private long untilNext() {
        int next = attempts.size();
        return began + (next < most ? due(next) : deadline) - System.nanoTime();
    }

    public boolean isDecided() {
        return outcome != null;
    }

    /// What was seen.
    ///
    /// @throws NullPointerException if nothing is decided yet
    public Outcome outcome() {
        return Objects.requireNonNull(outcome, "the dial is not decided yet");
    }

    /// What was seen, as the answer to a probe, with the time at which the dial ended.
    public Observation observation(Probe probe, List<Drop> drops) {
        return new Observation(probe, outcome(), ended(), drops);
    }

    /// When the dial ended, on the wall clock.
    ///
    /// @throws NullPointerException if nothing is decided yet
    public Instant ended() {
        return Objects.requireNonNull(ended, "the dial is not decided yet");
    }

    /// The fresh end of the latest attempt: the source's address and port, or the receiver of an unsolicited datagram; null where the kernel
    /// chose them.
    public @Nullable InetSocketAddress local() {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1).local();
    }

    private void handOver(HandOver to) {
        for (var each : attempts) {
            var connected = each.takeConnected();
            if (connected == null) continue;
            to.keep(connected);
            return;
        }
    }

    /// Close its sockets, without a goodbye. Repeatable.
    @Override
    public void close() {
        for (int i = 0; i < attempts.size(); i++) attempts.get(i).close();
    }
}
