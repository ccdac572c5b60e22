package dev.lockdown.run;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/// The time of day when it was made, and from there on by a clock that nobody sets: changes of the machine's own clock while a run goes
/// on neither shift a change against the samples around it nor end what is to last for a time.
public final class SteadyClock extends Clock {
    private final Instant began;
    private final long beganNanos;
    private final LongSupplier nanos;
    private final ZoneId zone;

    private SteadyClock(Instant began, long beganNanos, LongSupplier nanos, ZoneId zone) {
        this.began = began;
        this.beganNanos = beganNanos;
        this.nanos = nanos;
        this.zone = zone;
    }

    /// @param day is asked for the time of day once, and for its zone
    public static SteadyClock from(Clock day) {
        return from(day, System::nanoTime);
    }

    /// @param nanos never goes back
    static SteadyClock from(Clock day, LongSupplier nanos) {
        return new SteadyClock(day.instant(), nanos.getAsLong(), nanos, day.getZone());
    }

    @Override
    public Instant instant() {
        return began.plusNanos(nanos.getAsLong() - beganNanos);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new SteadyClock(began, beganNanos, nanos, other);
    }
}
