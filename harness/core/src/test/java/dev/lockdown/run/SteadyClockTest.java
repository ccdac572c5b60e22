package dev.lockdown.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A run's clock")
class SteadyClockTest {
    private static final Instant NINE = Instant.parse("2026-11-28T09:00:00Z");

    private final AtomicReference<Instant> day = new AtomicReference<>(NINE);
    private final AtomicLong nanos = new AtomicLong(-7);
    private final Clock clock = SteadyClock.from(new Clock() {
        @Override
        public Instant instant() {
            return day.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }, nanos::get);

    @Test
    void goes_on_from_the_time_of_day_at_which_it_was_made() {
        assertThat(clock.instant()).isEqualTo(NINE);
        nanos.addAndGet(1_500_000_000);
        assertThat(clock.instant()).isEqualTo(NINE.plusMillis(1500));
        assertThat(clock.withZone(ZoneOffset.MAX).instant()).isEqualTo(NINE.plusMillis(1500));
        assertThat(clock.withZone(ZoneOffset.MAX).getZone()).isEqualTo(ZoneOffset.MAX);
    }

    @Test
    void does_not_follow_the_machines_clock_when_that_jumps_by_an_hour_either_way() {
        nanos.addAndGet(1000);
        for (var jump : new Duration[] {Duration.ofHours(1), Duration.ofHours(-1)}) {
            day.set(NINE.plus(jump));
            assertThat(clock.instant()).isEqualTo(NINE.plusNanos(1000));
        }
    }
}
