package dev.lockdown.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("The verdict steps between two changes")
class StepBlockTest {
    private static final String FEATURE = """
        Feature: A block
          Scenario: Somewhere
            Given the pods
              | pod      | labels  | serves   |
              | shop/web | app=web | TCP/8080 |
              | shop/api | app=api | TCP/8080 |
              | shop/db  | app=db  | TCP/5432 |
            When "shop" denies all ingress
        """;

    @TempDir
    private Path folder;

    private Play play(String steps) throws IOException {
        return Play.of(folder, FEATURE + steps.indent(4));
    }

    private static List<Status> statuses(Play play) {
        return steps(play).stream().skip(2).map(Entry.StepFinished::status).toList();
    }

    private static List<Entry.StepFinished> steps(Play play) {
        return play.journal.stream().filter(Entry.StepFinished.class::isInstance).map(Entry.StepFinished.class::cast).toList();
    }

    private static long rounds(Play play) {
        return play.journal.stream().filter(e -> e instanceof Entry.Observed o && o.purpose() == Entry.Purpose.VERDICT).count();
    }

    @Test
    void are_each_told_with_their_own_status_also_behind_a_failed_one() throws IOException {
        var play = play("""
            Then "shop/web" cannot reach "shop/api" on TCP/8080
            And "shop/web" can reach "shop/api" on TCP/8080
            And "shop/web" cannot reach "shop/db" on TCP/5432
            And "shop/api" can reach "shop/db" on TCP/5432
            And "shop/db" cannot reach "shop/api" on TCP/8080
            """);
        assertThat(statuses(play)).containsExactly(Status.PASSED, Status.FAILED, Status.PASSED, Status.FAILED, Status.PASSED);
        assertThat(steps(play).get(3).problem()).contains("shop/web does not reach shop/api on TCP/8080");
        assertThat(steps(play).get(5).problem()).contains("shop/api does not reach shop/db on TCP/5432");
        assertThat(play.endings).containsExactly(Ending.FAILED);
    }

    @Test
    void are_asked_once() throws IOException {
        var nine = """
            Then "shop/web" cannot reach "shop/api" on TCP/8080
            And "shop/web" cannot reach "shop/db" on TCP/5432
            And "shop/api" cannot reach "shop/web" on TCP/8080
            And "shop/api" cannot reach "shop/db" on TCP/5432
            And "shop/db" cannot reach "shop/web" on TCP/8080
            And "shop/db" cannot reach "shop/api" on TCP/8080
            And "shop/db" can no longer reach "shop/api" on TCP/8080
            And "shop/db" can no longer reach "shop/web" on TCP/8080
            And every flow is as the policies say
            """;
        var play = play(nine);
        assertThat(play.endings).containsExactly(Ending.PASSED);
        assertThat(rounds(play)).isEqualTo(2);
        assertThat(play.journal.stream().filter(Entry.Judged.class::isInstance)).hasSize(9);
    }

    @Test
    void hold_for_a_change_and_are_asked_anew_behind_the_next() throws IOException {
        var play = play("""
            Then "shop/web" cannot reach "shop/api" on TCP/8080
            When every policy of "shop" is deleted
            Then "shop/web" can again reach "shop/api" on TCP/8080
            And "shop/web" can still reach "shop/db" on TCP/5432
            """);
        assertThat(play.endings).containsExactly(Ending.PASSED);
        assertThat(rounds(play)).isEqualTo(4);
    }

    @Test
    void skip_what_comes_behind_the_next_change_when_one_of_them_fails() throws IOException {
        var play = play("""
            Then "shop/web" can reach "shop/api" on TCP/8080
            And "shop/web" cannot reach "shop/api" on TCP/8080
            When every policy of "shop" is deleted
            Then "shop/web" can reach "shop/api" on TCP/8080
            """);
        assertThat(statuses(play)).containsExactly(Status.FAILED, Status.PASSED, Status.SKIPPED, Status.SKIPPED);
    }

    @Test
    void are_judged_although_one_of_them_cannot_be_used() throws IOException {
        var play = play("""
            Then "shop/web" can reach "shop/api" on TCP/8080
            And "shop/wbe" can reach "shop/api" on TCP/8080
            And "shop/web" cannot reach "shop/db" on TCP/5432
            """);
        assertThat(statuses(play)).containsExactly(Status.FAILED, Status.BROKEN, Status.PASSED);
        assertThat(steps(play).get(3).problem()).startsWith("there is no pod \"shop/wbe\"; did you mean \"shop/web\"?");
        assertThat(play.endings).containsExactly(Ending.WRONG_INPUT);
    }

    @Test
    void are_judged_although_the_next_one_cannot_even_be_read() throws IOException {
        var play = play("""
            Then "shop/web" can reach "shop/api" on TCP/8080
            And "shop/web" cannot reach "shop/db" on TCP/99999
            """);
        assertThat(statuses(play)).containsExactly(Status.FAILED, Status.BROKEN);
        assertThat(play.endings).containsExactly(Ending.WRONG_INPUT);
    }

    @Test
    void may_be_about_what_is_not_a_flow_between_others_that_are() throws IOException {
        var play = play("""
            Then "shop/web" can read its service account token
            And "shop/web" to "shop/api" on TCP/8080 is decided by "shop/none"
            And "shop/web" cannot read its service account token
            And "shop/web" cannot reach "shop/db" on TCP/5432
            """);
        assertThat(statuses(play)).containsExactly(Status.PASSED, Status.BROKEN, Status.FAILED, Status.PASSED);
    }
}
