package dev.lockdown.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.chaos.SampleRun;
import dev.lockdown.flow.Seen;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A strip of the timeline")
class DrawnRunsTest {
    private static final int OPEN = 1 << Seen.OPEN.ordinal();
    private static final int SILENT = 1 << Seen.SILENT.ordinal();

    private static List<long[]> drawn(List<SampleRun> runs) {
        return DrawnRuns.of(runs, r -> new DrawnRuns.Run(r.firstMicros(), r.lastMicros(), r.seen().ordinal(), r.count()));
    }

    /// Silent for half an hour, a sample every 5 ms, with so many single ones open, evenly apart.
    private static List<SampleRun> spikes(int count) {
        var runs = new ArrayList<SampleRun>();
        long apart = 1_800_000_000L / (count + 1) / 5_000 * 5_000;
        long from = 0;
        for (int i = 1; i <= count; i++) {
            long at = i * apart;
            runs.add(new SampleRun(from, at - 5_000, (int) ((at - from) / 5_000), Seen.SILENT));
            runs.add(new SampleRun(at, at, 1, Seen.OPEN));
            from = at + 5_000;
        }
        runs.add(new SampleRun(from, 1_800_000_000L, (int) ((1_800_000_000L - from) / 5_000) + 1, Seen.SILENT));
        return runs;
    }

    @Test
    void has_a_single_sample_of_half_an_hour_as_it_is() {
        assertThat(drawn(spikes(1)).get(1)).containsExactly(900_000_000L, 900_000_000L, OPEN, 1);
    }

    @Test
    void puts_together_what_lies_within_a_pixel_with_all_that_it_saw() {
        var drawn = drawn(spikes(30_000));
        assertThat(drawn.size()).isLessThanOrEqualTo(4002);
        for (var run : spikes(30_000))
            if (run.seen() == Seen.OPEN)
                assertThat(drawn.stream().anyMatch(d -> d[0] <= run.firstMicros() && run.lastMicros() <= d[1] && (d[2] & OPEN) != 0))
                    .isTrue();
        assertThat(drawn.stream().mapToLong(d -> d[3]).sum()).isEqualTo(360_001);
    }

    @Test
    void lets_no_spike_grow_wider_than_a_pixel_because_there_are_many_elsewhere() {
        var runs = new ArrayList<SampleRun>();
        for (var run : spikes(30_000)) if (run.firstMicros() < 900_000_000L) runs.add(run);
        long from = runs.getLast().lastMicros() + 5_000;
        runs.add(new SampleRun(from, 1_500_000_000L, 100, Seen.OPEN));
        runs.add(new SampleRun(1_500_005_000L, 1_500_005_000L, 1, Seen.SILENT));
        runs.add(new SampleRun(1_500_010_000L, 1_800_000_000L, 100, Seen.OPEN));
        assertThat(drawn(runs)).anySatisfy(d -> {
            assertThat(d[2] & SILENT).isNotZero();
            assertThat(d[0]).isGreaterThan(1_400_000_000L);
            assertThat(d[1] - d[0]).isLessThanOrEqualTo(1_800_000_000L / 2000);
        });
        assertThat(drawn(runs).stream().filter(d -> d[0] > 950_000_000L && (d[2] & SILENT) != 0)).hasSize(1);
    }
}
