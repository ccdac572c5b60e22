package dev.lockdown.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A scenario that claims nothing")
class NoVerdictTest {
    private static final String PODS = """
        Feature: Nothing is claimed
          Scenario: Somewhere
            Given the pods
              | pod      | labels  | serves   |
              | shop/web | app=web | TCP/8080 |
        """;

    @TempDir
    private Path folder;

    @Test
    void is_inconclusive_where_it_only_declares() throws IOException {
        var play = Play.of(folder, PODS);
        assertThat(play.endings).containsExactly(Ending.INCONCLUSIVE);
        assertThat(play.problem()).isEqualTo("this scenario has no verdict step; nothing was judged");
    }

    @Test
    @NamespacesAvailable
    void is_inconclusive_where_it_only_changes_something() throws IOException {
        var play = Play.of(folder, PODS + "    When \"shop\" denies all ingress\n");
        assertThat(play.endings).containsExactly(Ending.INCONCLUSIVE);
        assertThat(play.problem()).isEqualTo("this scenario has no verdict step; nothing was judged");
    }

    @Test
    void is_inconclusive_where_it_has_no_step() throws IOException {
        var play = Play.of(folder, "Feature: Nothing\n  Scenario: Empty\n");
        assertThat(play.endings).containsExactly(Ending.INCONCLUSIVE);
        assertThat(play.problem()).isEqualTo("this scenario has no step; nothing was judged");
    }

    @Test
    void is_told_what_is_wrong_with_its_steps_first() throws IOException {
        var play = Play.of(folder, PODS + "      | shop/web | app=web | TCP/8080 |\n");
        assertThat(play.endings).containsExactly(Ending.WRONG_INPUT);
        assertThat(play.problem()).isEqualTo("the pod \"shop/web\" is declared twice");
    }
}
