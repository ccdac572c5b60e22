package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A cluster that comes up")
class BringUpLinesTest {
    private final StringWriter screen = new StringWriter();

    @Test
    void is_one_line_on_a_terminal_with_what_it_waits_for() {
        lines(60, true).waiting("API", "time=\"2026-11-22T17:43:28Z\" level=info msg=\"Starting k3s\"", Duration.ofSeconds(12));
        assertThat(screen).hasToString("\r\u001b[KK3s".replace("K3s", "k3s · API 12 s · Starting k3s"));
    }

    @Test
    void never_wraps_that_line() {
        lines(30, true).waiting("CNI", "x".repeat(100), Duration.ZERO);
        assertThat(screen.toString().replace("\r\u001b[K", "")).hasSize(29).endsWith("x…");
    }

    @Test
    void is_a_line_for_each_phase_elsewhere() {
        var lines = lines(100, false);
        lines.waiting("API", "x", Duration.ZERO);
        lines.done("API", Duration.ofMillis(13_649));
        assertThat(screen.toString().lines()).containsExactly("k3s: API 13.6 s");
    }

    @Test
    void says_in_the_end_how_long_each_phase_took() {
        var lines = lines(100, true);
        lines.done("image", Duration.ofMillis(200));
        lines.done("API", Duration.ofMillis(13_649));
        lines.up("k3s v1 · flannel · 2 nodes");
        assertThat(screen.toString()).endsWith("k3s v1 · flannel · 2 nodes · image 0.2 s · API 13.6 s\n");
    }

    private BringUpLines lines(int width, boolean live) {
        return new BringUpLines(new PrintWriter(screen, true), new TerminalTraits(width, false, live, true));
    }
}
