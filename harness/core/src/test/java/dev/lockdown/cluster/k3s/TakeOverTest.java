package dev.lockdown.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.Polling;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Containers of k3s that are there already")
final class TakeOverTest {
    private final FakeEngine engine = new FakeEngine();
    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void twoContainersRun() {
        engine.images.add(Requests.VERSIONS.choose(null).image());
        engine.there.put("node-1", true);
        engine.there.put("node-2", true);
    }

    @Test
    void are_taken_over_where_all_run() {
        bringUp(Requests.plain().reuse());
        assertThat(engine.asked).containsSubsequence("containers", "start node-1", "start node-2").noneMatch(a -> a.startsWith("remove"));
        assertThat(notes).isEmpty();
    }

    @Test
    void are_all_removed_before_anything_starts_where_one_has_ended() {
        engine.there.put("node-2", false);
        bringUp(Requests.plain().reuse());
        assertThat(engine.asked).containsSubsequence("containers", "remove node-1", "remove node-2", "start node-1", "start node-2");
        assertThat(notes).containsExactly("note: 1 of 2 containers of k3s that are there has ended; all are made anew");
    }

    /// Two servers of one name on one network are one too many, and the agents belong to the former.
    @Test
    void are_removed_before_any_agent_starts_where_the_server_is_another() {
        engine.renewed = true;
        bringUp(Requests.plain().reuse());
        assertThat(engine.asked).containsSubsequence("start node-1", "remove node-1", "remove node-2", "start node-2");
        assertThat(notes).containsExactly(
            "note: the containers of k3s that are there were started with other settings or files; they are made anew");
    }

    @Test
    void are_left_alone_by_a_run_that_takes_none_over() {
        engine.there.put("node-2", false);
        bringUp(Requests.plain());
        assertThat(engine.asked).doesNotContain("containers").noneMatch(a -> a.startsWith("remove"));
    }

    private void bringUp(Requests requests) {
        new BringUp(requests.nodes(2).of((String) null), engine, _ -> new FakeView(), _ -> {
            throw new IOException("there is no internet in tests");
        }, new Polling(Duration.ofMillis(1)), _ -> Duration.ofMillis(20), new Notes(), InstantSource.fixed(Instant.EPOCH)).run();
    }

    private final class Notes implements Progress {
        @Override
        public void waiting(String phase, String what, Duration since) {}

        @Override
        public void done(String phase, Duration took) {}

        @Override
        public void note(String text) {
            notes.add(text);
        }
    }
}
