package dev.lockdown.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockdown.chaos.BeatRun;
import dev.lockdown.flow.Beat;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Way;
import dev.lockdown.journal.Edit;
import dev.lockdown.journal.Entry;
import dev.lockdown.report.Run;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The strip of a held connection")
class PackedHeldTest {
    private static final Instant BEGAN = Instant.parse("2026-11-28T12:00:00Z");
    private static final String SCENARIO = "held.feature:3";
    private static final Flow FLOW =
        new Flow(Endpoint.parse("shop/web"), Endpoint.parse("shop/api"), Port.parse("UDP/5353"), Family.IPV4);

    private final Texts texts = new Texts();
    private final List<BeatRun> beats = new ArrayList<>();

    private void beats(Way way, int fromMillis, int toMillis, Beat beat) {
        beats.add(new BeatRun(way, fromMillis * 1000L, toMillis * 1000L, toMillis - fromMillis + 1, beat, 0));
    }

    private JsonNode packed() throws IOException {
        var entries = new ArrayList<Entry>();
        entries.add(new Entry.ScenarioStarted(BEGAN, SCENARIO, "held.feature", "Held", null, "Denied", 3, List.of()));
        entries.add(new Entry.Held(BEGAN, SCENARIO, 5, 1, Duration.ofMillis(1), FLOW));
        var denied = new Edit(Edit.Verb.APPLIED, Edit.Kind.NETWORK_POLICY, "shop/deny", Map.of(), null, null, 0);
        entries.add(new Entry.Applied(BEGAN.plusMillis(100), SCENARIO, 6, List.of(denied), BEGAN.plusMillis(100), BEGAN.plusMillis(101),
            null, List.of()));
        beats.forEach(run -> entries.add(new Entry.Beats(Instant.EPOCH, SCENARIO, 1, run)));
        entries.add(new Entry.HeldEnded(BEGAN, SCENARIO, 1, 7));
        entries.add(new Entry.StepFinished(BEGAN, SCENARIO, 6, 5, "When", "denied", null, Entry.Status.PASSED, Duration.ZERO, null));
        var scenario = Run.of(entries).scenarios().getFirst();
        var out = new StringWriter();
        try (var json = new JsonFactory().createGenerator(out)) {
            new PackedHeld(json, texts).write(scenario, scenario.held().getFirst());
        }
        return new ObjectMapper().readTree(out.toString());
    }

    private String text(JsonNode number) throws IOException {
        var out = new StringWriter();
        try (var json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            texts.write(json);
            json.writeEndObject();
        }
        return new ObjectMapper().readTree(out.toString()).get("texts").get(number.asInt()).asText();
    }

    @Test
    void has_one_direction_below_the_other_with_each_lost_beat_in_its_place() throws IOException {
        beats(Way.THERE, 0, 200, Beat.ARRIVED);
        beats(Way.THERE, 201, 201, Beat.LOST);
        beats(Way.THERE, 202, 1400, Beat.ARRIVED);
        beats(Way.BACK, 0, 1000, Beat.ARRIVED);
        beats(Way.BACK, 1001, 1400, Beat.ARRIVED);
        var strips = packed().get("flows");
        assertThat(text(strips.get(0).get("name"))).isEqualTo("shop/web to shop/api on UDP/5353, there");
        assertThat(strips.get(0).get("runs").toString()).isEqualTo("[[0,200000,1,201],[201000,201000,4,1],[202000,1400000,1,1199]]");
        assertThat(strips.get(1).get("runs").toString()).isEqualTo("[[0,1400000,1,1401]]");
    }

    @Test
    void tells_what_became_of_it() throws IOException {
        for (var way : Way.values()) beats(way, 0, 110, Beat.ARRIVED);
        beats(Way.THERE, 111, 1400, Beat.LOST);
        beats(Way.BACK, 111, 1400, Beat.ARRIVED);
        var packed = packed();
        assertThat(packed.get("missed").asInt()).isEqualTo(7);
        assertThat(packed.get("causes")).hasSize(1);
        assertThat(StreamSupport.stream(packed.get("flows").get(0).get("windows").spliterator(), false)).singleElement()
            .satisfies(w -> assertThat(text(w.get(2))).isEqualTo("replies only after 10 ms, policy shop/deny applied"));
    }

    /// A screen has fewer pixels than a long run has turns.
    @Test
    void loses_no_beat_by_being_put_together() throws IOException {
        for (int i = 0; i < 20_000; i += 2) {
            beats(Way.THERE, i, i, Beat.ARRIVED);
            beats(Way.THERE, i + 1, i + 1, i == 9_000 ? Beat.LOST : Beat.DELAYED);
        }
        var runs = packed().get("flows").get(0).get("runs");
        assertThat(runs.size()).isLessThan(5_000);
        assertThat(StreamSupport.stream(runs.spliterator(), false).filter(r -> (r.get(2).asInt() & 4) != 0)).hasSize(1);
        assertThat(StreamSupport.stream(runs.spliterator(), false).mapToInt(r -> r.get(3).asInt()).sum()).isEqualTo(20_000);
    }
}
