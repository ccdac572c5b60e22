package dev.lockdown.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Source ports")
class SourcePortsTest {

    @Test
    void go_through_the_whole_range_before_one_comes_again() {
        var ports = SourcePorts.rotating(20, 22, 21, () -> {});
        assertThat(IntStream.range(0, 5).map(i -> ports.next())).containsExactly(21, 22, 20, 21, 22);
    }

    @Test
    void make_connection_tracking_forget_before_one_comes_again_too_soon() {
        var forgotten = new AtomicInteger();
        var ports = SourcePorts.rotating(20, 22, 21, forgotten::incrementAndGet);
        IntStream.range(0, 3).forEach(i -> ports.next());
        assertThat(forgotten).hasValue(0);
        ports.next();
        assertThat(forgotten).hasValue(1);
    }
}
