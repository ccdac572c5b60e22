package dev.lockdown.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.chaos.Cause;
import dev.lockdown.chaos.SampleRun;
import dev.lockdown.chaos.TimeClaim;
import dev.lockdown.chaos.TimeVerdict;
import dev.lockdown.chaos.Window;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.disruption.Unattended;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Seen;
import dev.lockdown.flow.WatchedFlow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("An entry about watched flows")
class WatchEntriesTest {
    private static final Instant AT = Instant.parse("2026-11-28T12:00:00.123456Z");
    private static final String SCENARIO = "features/chaos/windows.feature:16";
    private static final Flow FLOW = flow("shop/web", "shop/api", "TCP/8080", Family.IPV4);

    private static Flow flow(String from, String to, String port, Family family) {
        return new Flow(Endpoint.parse(from), Endpoint.parse(to), Port.parse(port), family);
    }

    private static Entry measured(TimeClaim claim, TimeVerdict.Ruling ruling, Window window, TimeVerdict.Doubt doubt) {
        return new Entry.Measured(AT, SCENARIO, 26, 1, FLOW, 41_000, Duration.ofNanos(900_000),
            new TimeVerdict(claim, ruling, window, doubt));
    }

    static Stream<Entry> entries() {
        var bound = Duration.ofMillis(100);
        var cause = new Cause("policy shop/deny applied", -200, 1_400, 900);
        return Stream.of(
            new Entry.Watched(AT, SCENARIO, 10, 1, Duration.ofMillis(5),
                List.of(FLOW, flow("shop/web", "service:shop/api", "UDP/53", Family.IPV6), new WatchedFlow.Http(FLOW),
                    new WatchedFlow.Lookup(flow("shop/web", "service:kube-system/kube-dns", "UDP/53", Family.IPV4), "api.shop")),
                Duration.ofNanos(1_300_000)),
            new Entry.Sampled(Instant.EPOCH, SCENARIO, 1, 2, new SampleRun(0, 5, 2, Seen.UNRESOLVED)),
            new Entry.Measured(AT, SCENARIO, 26, 1, new WatchedFlow.Http(FLOW), 41_000, new TimeVerdict(new TimeClaim.NeverShut(bound),
                TimeVerdict.Ruling.INCONCLUSIVE, null, TimeVerdict.Doubt.UNRESOLVED)),
            new Entry.Sampled(Instant.EPOCH, SCENARIO, 1, 0,
                List.of(new SampleRun(25_337, 39_356, 9, Seen.OPEN), new SampleRun(40_001, 40_001, 1, Seen.SILENT),
                    new SampleRun(45_000, 1_045_000, 201, Seen.REJECTED))),
            new Entry.Sampled(Instant.EPOCH, SCENARIO, 2, 1, new SampleRun(0, 0, 1, Seen.REPLY_LOST)),
            new Entry.Measured(AT, SCENARIO, 26, 1, FLOW, 41_000,
                new TimeVerdict(new TimeClaim.Back(bound, new TimeClaim.Times(1, 2)), TimeVerdict.Ruling.INCONCLUSIVE, null,
                    TimeVerdict.Doubt.TOO_FEW, List.of(new Window(Window.Kind.BACK, cause, 100, 9, 10, null, 3)))),
            new Entry.WatchTally(AT, SCENARIO, 1, 1_200_000, 34, 7),
            new Entry.Waiting(AT, SCENARIO, "the namespace a to be gone", Duration.ofMillis(1_200), Entry.WaitState.GOES_ON),
            new Entry.Waiting(AT, SCENARIO, "the namespace a to be gone", Duration.ofSeconds(90), Entry.WaitState.IN_VAIN),
            new Entry.WatchEnded(AT, SCENARIO, 1, 74, Duration.ofNanos(1_500_000)),
            measured(new TimeClaim.CutOff(bound), TimeVerdict.Ruling.HOLDS,
                new Window(Window.Kind.CUT_OFF, cause, 0, 8_231, 9_220, null, 5), null),
            measured(new TimeClaim.Back(bound), TimeVerdict.Ruling.FAILS,
                new Window(Window.Kind.BACK, cause, 100, 900_000, 900_000, Window.Censored.RIGHT, 900), null),
            measured(new TimeClaim.NeverOpen(Duration.ZERO), TimeVerdict.Ruling.HOLDS, null, null),
            measured(new TimeClaim.NeverOpen(bound, true), TimeVerdict.Ruling.HOLDS, null, null),
            measured(new TimeClaim.NeverShut(Duration.ZERO, true), TimeVerdict.Ruling.HOLDS, null, null),
            new Entry.Disrupted(AT, SCENARIO, 12, 1, "enforcement pauses", Duration.ofMillis(200)),
            disrupted(Unattended.GONE), disrupted(Unattended.STAYS), disrupted(Unattended.ends(Duration.ofMillis(16_200))),
            new Entry.Healed(AT, SCENARIO, 1, Duration.ofMillis(12), null), new Entry.Healed(AT, SCENARIO, 2, null, "not healed: away"),
            new Entry.Healed(AT, SCENARIO, 1, Duration.ofMillis(12), null, new Disruption.Struck(AT.plusMillis(3), AT.plusMillis(5_003))),
            measured(new TimeClaim.NeverShut(bound), TimeVerdict.Ruling.INCONCLUSIVE,
                new Window(Window.Kind.GAP, null, 7, 90_000, 101_000, Window.Censored.LEFT, 91), TimeVerdict.Doubt.BETWEEN_SAMPLES),
            measured(new TimeClaim.NeverShut(bound), TimeVerdict.Ruling.INCONCLUSIVE,
                new Window(Window.Kind.UNSAMPLED, null, 7, 101_000, 101_000, null, 1), TimeVerdict.Doubt.UNSAMPLED));
    }

    private static Entry disrupted(Unattended unattended) {
        return new Entry.Disrupted(AT, SCENARIO, 12, 2, "DNS is away", Duration.ofMillis(200), unattended);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void is_read_as_it_was_written(Entry entry) throws IOException {
        var line = new String(new EntryWriter().line(entry), StandardCharsets.UTF_8);
        var reader = new EntryReader();
        assertThat(reader.entry(reader.tree(line.getBytes(StandardCharsets.UTF_8)))).as(line).isEqualTo(entry);
    }

    /// A line for each run, as they were written at first.
    @Test
    void is_still_read_as_it_was_written_before() throws IOException {
        var reader = new EntryReader();
        assertThat(reader.entry(reader.tree("""
            {"type": "sampled", "scenario": "a.feature:3", "watch": 1, "flow": 2, "first": 7, "last": 19, "count": 3, "seen": "silent"}
            """.getBytes(StandardCharsets.UTF_8))))
            .isEqualTo(new Entry.Sampled(Instant.EPOCH, "a.feature:3", 1, 2, new SampleRun(7, 19, 3, Seen.SILENT)));
    }
}
