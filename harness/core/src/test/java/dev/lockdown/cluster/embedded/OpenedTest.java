package dev.lockdown.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What was opened for a cluster")
class OpenedTest {
    private final List<String> closed = new ArrayList<>();
    private final Opened opened = new Opened();

    @Test
    void is_closed_the_other_way_round() {
        for (var name : List.of("threads", "wiring", "servers")) opened.add(name, closed::add);
        opened.close();
        assertThat(closed).containsExactly("servers", "wiring", "threads");
    }

    @Test
    void is_closed_once() {
        opened.add("wiring", closed::add);
        opened.close();
        opened.close();
        assertThat(closed).containsExactly("wiring");
    }

    @Test
    void is_closed_whatever_fails_and_every_failure_is_told() {
        opened.add("threads", closed::add);
        opened.add("wiring", this::fail);
        opened.add("servers", this::fail);
        assertThatThrownBy(opened::close).hasMessage("servers").satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(closed).containsExactly("threads");
    }

    private void fail(String name) {
        throw new IllegalStateException(name);
    }
}
