package dev.lockdown.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.lockdown.chaos.BeatRun;
import dev.lockdown.chaos.Cause;
import dev.lockdown.chaos.Fate;
import dev.lockdown.chaos.FateClaim;
import dev.lockdown.chaos.FateVerdict;
import dev.lockdown.chaos.FateVerdict.Doubt;
import dev.lockdown.chaos.FateVerdict.Losses;
import dev.lockdown.chaos.TimeVerdict.Ruling;
import dev.lockdown.flow.Beat;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Way;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("An entry about held connections")
class HeldEntriesTest {
    private static final Instant AT = Instant.parse("2026-11-28T12:00:00.123456Z");
    private static final String SCENARIO = "features/chaos/established-survives.feature:12";
    private static final Flow FLOW =
        new Flow(Endpoint.parse("shop/web"), Endpoint.parse("service:shop/api"), Port.parse("UDP/5353"), Family.IPV6);
    private static final Cause CAUSE = new Cause("policy shop/deny applied", -200, 1_400);

    private static Entry measured(FateClaim claim, Ruling ruling, Fate fate, Cause cause, Doubt doubt) {
        return new Entry.FateMeasured(AT, SCENARIO, 15, 2, FLOW, 537_120, -1,
            new FateVerdict(claim, ruling, fate, cause, new Losses(3, 0, 12_345), doubt));
    }

    static Stream<Entry> entries() {
        return Stream.of(
            new Entry.Held(AT, SCENARIO, 9, 1, Duration.ZERO, FLOW),
            new Entry.Beats(Instant.EPOCH, SCENARIO, 1, new BeatRun(Way.THERE, 2_444, 537_120, 471, Beat.ARRIVED, 0)),
            new Entry.Beats(Instant.EPOCH, SCENARIO, 2, new BeatRun(Way.BACK, 7, 7, 1, Beat.DELAYED, 14_000)),
            new Entry.Beats(Instant.EPOCH, SCENARIO, 2, new BeatRun(Way.BACK, 9, 9, 1, Beat.REFUSED, 0)),
            new Entry.HeldEnded(AT, SCENARIO, 1, 74),
            measured(FateClaim.SURVIVES, Ruling.HOLDS, new Fate.Survives(200), CAUSE, null),
            measured(FateClaim.IS_RESET, Ruling.FAILS, new Fate.Reset(3), CAUSE, null),
            measured(FateClaim.GOES_SILENT, Ruling.HOLDS, new Fate.Silent(0), CAUSE, null),
            measured(FateClaim.REPLIES_ONLY, Ruling.HOLDS, new Fate.OneWay(Way.BACK, 9), CAUSE, null),
            measured(FateClaim.LOSES_NOTHING, Ruling.INCONCLUSIVE, null, null, Doubt.NEVER_WORKED));
    }

    private static String line(Entry entry) {
        return new String(new EntryWriter().line(entry), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void is_read_as_it_was_written(Entry entry) throws IOException {
        var reader = new EntryReader();
        assertThat(reader.entry(reader.tree(line(entry).getBytes(StandardCharsets.UTF_8)))).as(line(entry)).isEqualTo(entry);
    }

    @ParameterizedTest
    @MethodSource("entries")
    void is_as_the_schema_says(Entry entry) throws IOException {
        try (var schema = Objects.requireNonNull(getClass().getResourceAsStream("/dev/lockdown/schema/journal.schema.json"))) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema)
                .validate(new ObjectMapper().readTree(line(entry)))).as(line(entry)).isEmpty();
        }
    }
}
