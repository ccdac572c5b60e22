package dev.lockdown.cluster.kubernetes.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.Hold;
import dev.lockdown.flow.Beat;
import dev.lockdown.flow.Way;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Beats under way")
class BeatsUnderWayTest {
    private static final long BEGAN = 1_000_000;

    private final List<String> told = new ArrayList<>();
    private final BeatsUnderWay beats = new BeatsUnderWay(Way.THERE, new Hold.Sink() {
        @Override
        public void beat(Way way, long sentMicros, Beat beat, long tookMicros) {
            told.add("%s at %s took %s".formatted(beat, sentMicros, tookMicros));
        }

        @Override
        public void missed(long missed) {}
    }, BEGAN);

    private static HeldAgent.Beat beat(long number, long at) {
        return new HeldAgent.Beat(number, BEGAN + at);
    }

    @Test
    void wait_for_what_their_far_end_had_heard_by_the_deadline() {
        beats.sent(List.of(beat(1, 0), beat(2, 5_000)));
        beats.settle(BEGAN + 499_999, true);
        assertThat(told).isEmpty();
        beats.settle(BEGAN + 500_000, true);
        assertThat(told).containsExactly("LOST at 0 took 0");
    }

    @Test
    void arrive_in_the_order_in_which_they_were_sent_and_may_be_late() {
        beats.sent(List.of(beat(1, 0), beat(2, 5_000), beat(3, 10_000)));
        beats.heard(List.of(beat(3, 11_000), beat(2, 205_000)));
        beats.settle(BEGAN + 300_000, true);
        assertThat(told).isEmpty();
        beats.heard(List.of(beat(1, 400)));
        beats.settle(BEGAN + 300_000, true);
        assertThat(told).containsExactly("ARRIVED at 0 took 400", "DELAYED at 5000 took 200000", "ARRIVED at 10000 took 1000");
    }

    @Test
    void are_refused_only_when_their_far_end_was_alive_then() {
        beats.sent(List.of(beat(1, 0)));
        beats.refused(List.of(1L), BEGAN + 1_000);
        beats.settle(BEGAN + 900_000, false);
        assertThat(told).isEmpty();
        assertThat(beats.refusedAt()).isEqualTo(BEGAN + 1_000);
        beats.settle(BEGAN + 900_000, true);
        assertThat(told).containsExactly("REFUSED at 0 took 0");
    }

    @Test
    void are_refused_though_the_last_one_had_arrived() {
        beats.sent(List.of(beat(1, 0)));
        beats.heard(List.of(beat(1, 100)));
        beats.settle(BEGAN + 10_000, true);
        beats.refused(List.of(1L), BEGAN + 20_000);
        beats.settleAll();
        assertThat(told).containsExactly("ARRIVED at 0 took 100", "REFUSED at 20000 took 0");
    }

    @Test
    void are_not_known_where_the_far_end_has_died() {
        beats.sent(List.of(beat(1, 0), beat(2, 5_000)));
        beats.heard(List.of(beat(1, 100)));
        beats.refused(List.of(2L), BEGAN + 6_000);
        beats.forget(Long.MAX_VALUE, false);
        assertThat(told).containsExactly("ARRIVED at 0 took 100", "UNKNOWN at 5000 took 0");
    }
}
