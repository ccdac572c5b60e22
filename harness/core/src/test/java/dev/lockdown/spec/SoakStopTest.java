package dev.lockdown.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The end of soaks before their time")
class SoakStopTest {
    private final SoakStop stop = new SoakStop();

    @Test
    void has_nothing_to_wait_for_where_none_goes_on() throws InterruptedException {
        assertThat(stop.isStopped()).isFalse();
        assertThat(stop.stop()).isFalse();
        assertThat(stop.isStopped()).isTrue();
        stop.await(Duration.ofDays(1));
    }

    @Test
    void waits_until_each_of_them_is_told_and_for_no_other() throws InterruptedException {
        stop.entered("a.feature:3");
        stop.entered("a.feature:9");
        assertThat(stop.stop()).isTrue();
        stop.left("b.feature:1");
        var waiting = Thread.ofVirtual().unstarted(() -> {
            try {
                stop.await(Duration.ofDays(1));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        waiting.start();
        stop.left("a.feature:3");
        assertThat(waiting.join(Duration.ofMillis(50))).isFalse();
        stop.left("a.feature:9");
        assertThat(waiting.join(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void does_not_wait_for_ever() throws InterruptedException {
        stop.entered("a.feature:3");
        stop.await(Duration.ofMillis(1));
        assertThat(stop.stop()).isTrue();
    }
}
