package dev.lockdown.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.Seen;
import dev.lockdown.probe.AgentClock;
import dev.lockdown.probe.sample.SeenRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What a shell dialled first")
class FirstDialsTest {
    private static final String API = "10.42.0.5/8080";

    @TempDir
    private Path folder;

    private final long wall = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());

    private List<SeenRun> read(String lines) throws IOException {
        Files.writeString(folder.resolve("dials"), lines);
        return new FirstDials(folder).of(API, Long.MAX_VALUE);
    }

    private String at(long before) {
        return Long.toString(wall - before);
    }

    @Test
    void is_told_in_the_order_of_sending_and_by_the_clock_of_the_agent() throws IOException {
        var runs = read(
            "begin %s\nsent 1.1 %s %s\nsent 1.2 %s 10.42.0.6/80\nsent 1.3 %s %s\nseen 1.3 %s open\nseen 1.2 %s open\nseen 1.1 %s rejected\n"
                .formatted(at(900_000), at(890_000), API, at(890_000), at(880_000), API, at(879_000), at(889_000), at(889_500)));
        assertThat(runs).extracting(SeenRun::seen).containsExactly(Seen.ABSENT, Seen.REJECTED, Seen.OPEN);
        assertThat(runs.get(1).firstMicros() - runs.get(0).firstMicros()).isEqualTo(10_500);
        assertThat(AgentClock.nanos() / 1000 - runs.get(0).firstMicros()).isBetween(900_000L, 2_000_000L);
    }

    @Test
    void is_silent_only_when_an_answer_would_have_been_seen() throws IOException {
        var runs =
            read("begin %s\nsent 1.1 %s %s\nsent 1.2 %s %s\ngone %s\nbegin %s\nsent 2.1 %s %s\nsent 2.2 %s %s\n".formatted(at(900_000),
                at(890_000), API, at(750_000), API, at(650_000), at(500_000), at(490_000), API, at(0), API));
        // Of the second its container's end is all that is known, and of the last nothing yet.
        assertThat(runs).extracting(SeenRun::seen).containsExactly(Seen.ABSENT, Seen.SILENT, Seen.ABSENT, Seen.ABSENT, Seen.SILENT);
    }

    @Test
    void is_nothing_where_no_shell_has_dialled() throws IOException {
        assertThat(new FirstDials(null).of(API, Long.MAX_VALUE)).isEmpty();
        assertThat(new FirstDials(folder).of(API, Long.MAX_VALUE)).isEmpty();
        assertThat(read("begin x\n")).isEmpty();
    }

    @Test
    void is_left_out_from_when_the_agent_itself_dials() throws IOException {
        Files.writeString(folder.resolve("dials"), "begin %s\nsent 1.1 %s %s\nseen 1.1 %s open\n".formatted(at(900_000), at(890_000), API,
            at(890_000)));
        assertThat(new FirstDials(folder).of(API, AgentClock.nanos() / 1000 - 1_500_000)).isEmpty();
    }

    @Test
    void needs_a_program_that_is_looked_for_where_programs_are() throws IOException {
        var path = Map.of("PATH", "/nowhere:" + folder);
        assertThat(FirstDials.program("bash", path)).isEmpty();
        var bash = Files.createFile(folder.resolve("bash"));
        assertThat(bash.toFile().setExecutable(true)).isTrue();
        assertThat(FirstDials.program("bash", path)).isEqualTo(bash.toString());
    }
}
