package dev.lockdown.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.chaos.SampleRun;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Seen;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.Run;
import dev.lockdown.report.Script;
import dev.lockdown.verdict.Cells;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The bands of a timeline")
class PackedDisruptionsTest {
    private static final String ID = "features/a.feature:3";
    private static final Instant BEGAN = Instant.parse("2026-11-28T09:00:00Z");
    private static final Flow FLOW = ((Probe.Reach) Cells.probe("shop/web to shop/api on TCP/80")).flow();

    private static Run run() {
        return Script.run().started("features/a.feature", 3)
            .add(new Entry.Watched(BEGAN, ID, 4, 1, Duration.ofMillis(1), List.of(FLOW)))
            .add(new Entry.Sampled(Instant.EPOCH, ID, 1, 0, new SampleRun(0, 500_000, 501, Seen.OPEN)))
            .add(new Entry.Disrupted(BEGAN.plusMillis(10), ID, 6, 1, "enforcement pauses", Duration.ofMillis(200)))
            .add(new Entry.Healed(BEGAN.plusMillis(213), ID, 1, Duration.ofMillis(7), null))
            .add(new Entry.Disrupted(BEGAN.plusMillis(400), ID, 6, 2, "DNS is away", Duration.ofMillis(200)))
            .add(new Entry.ScenarioFinished(BEGAN, ID, Status.PASSED, Duration.ZERO, null)).toRun();
    }

    @Test
    void go_from_before_the_deed_to_the_healing_and_on_to_where_enforcement_was_seen_again_or_the_samples_end() {
        var packed = Packed.of(HtmlReport.render(run(), "reports/20261122-140311"));
        var bands = packed.json().path("scenarios").path(0).path("watches").path(0).path("disruptions");
        assertThat(Packed.list(bands)).extracting(b -> "%s %s %s".formatted(b.path(0), b.path(1), b.path(2)))
            .containsExactly("10000 213000 220000", "400000 500000 500000");
        assertThat(packed.text(bands.path(0).path(3)))
            .isEqualTo("enforcement pauses for 200 ms: healed after 203 ms, enforced again 7 ms later");
        assertThat(packed.text(bands.path(1).path(3))).startsWith("DNS is away for 200 ms: not seen to heal");
    }
}
