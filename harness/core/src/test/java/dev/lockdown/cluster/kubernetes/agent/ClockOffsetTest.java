package dev.lockdown.cluster.kubernetes.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("How far an agent's clock is ahead")
class ClockOffsetTest {
    private static final long AHEAD = 5_000_000;

    private final ClockOffset offset = new ClockOffset();

    /// A round trip that begins at a time and takes so long there and back, in microseconds.
    private boolean trip(long begin, long there, long back) {
        return offset.answered(begin * 1000, begin + there + AHEAD, (begin + there + back) * 1000);
    }

    @Test
    void is_off_by_half_the_round_trip_at_the_most() {
        assertThat(trip(1_000, 4_000, 0)).isTrue();
        assertThat(offset.errorMicros(5_000_000)).isEqualTo(2_001);
        assertThat(offset.ours(AHEAD + 100_000)).isBetween(100_000 - 2_001L, 100_000 + 2_001L);
    }

    @Test
    void is_told_by_the_least_round_trip() {
        trip(1_000, 4_000, 0);
        trip(10_000, 100, 100);
        trip(20_000, 0, 9_000);
        assertThat(offset.ours(AHEAD + 100_000)).isBetween(100_000 - 101L, 100_000 + 101L);
        assertThat(offset.errorMicros(29_000_000)).isEqualTo(101 + 1);
    }

    @Test
    void is_less_sure_the_longer_ago_it_was_told() {
        trip(0, 100, 100);
        assertThat(offset.errorMicros(10_000_200_000L)).isEqualTo(101 + 1_000);
        assertThat(trip(10_000_200, 500, 500)).isTrue();
        assertThat(offset.errorMicros(10_001_200_000L)).isEqualTo(501);
    }

    @Test
    void has_jumped_where_no_drift_explains_it() {
        assertThat(trip(1_000, 100, 100)).isTrue();
        assertThat(offset.answered(2_000_000, AHEAD + 2_100 - 1_000_000, 2_200_000)).isFalse();
        assertThat(offset.ours(AHEAD - 1_000_000 + 7_000)).isBetween(6_899L, 7_101L);
    }
}
