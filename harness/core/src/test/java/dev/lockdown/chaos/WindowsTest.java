package dev.lockdown.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockdown.chaos.Window.Censored;
import dev.lockdown.chaos.Window.Kind;
import dev.lockdown.flow.Seen;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Windows")
class WindowsTest {
    private static final Cause APPLIED = new Cause("policy shop/deny applied", 10_200, 12_000);
    private static final Cause DELETED = new Cause("policy shop/deny deleted", 30_400, 31_000);

    /// Samples a millisecond apart: `o` open, `.` silent, `r` rejected, `-` an end that is not there, `?` unknown.
    private static List<SampleRun> samples(String seen) {
        var strip = new Strip();
        for (int i = 0; i < seen.length(); i++) strip.add(i * 1000L, switch (seen.charAt(i)) {
            case 'o' -> Seen.OPEN;
            case '.' -> Seen.SILENT;
            case 'r' -> Seen.REJECTED;
            case '-' -> Seen.ABSENT;
            default -> Seen.UNKNOWN;
        });
        return strip.runs();
    }

    private static String row(String of, int times) {
        return of.repeat(times);
    }

    @Test
    void last_from_the_change_to_the_first_of_three_that_are_shut() {
        assertThat(Windows.of(samples(row("o", 15) + row(".", 15)), List.of(APPLIED)))
            .containsExactly(new Window(Kind.CUT_OFF, APPLIED, 10_200, 14_000 - 10_200, 15_000 - 10_200, null, 4));
    }

    @Test
    void end_with_what_the_policy_allows_again() {
        assertThat(Windows.of(samples(row("o", 15) + row("r", 18) + row("o", 9)), List.of(APPLIED, DELETED))).extracting(Window::kind,
            Window::leastMicros, Window::mostMicros).containsExactly(tuple(Kind.CUT_OFF, 3_800L, 4_800L),
                tuple(Kind.BACK, 1_600L, 2_600L));
    }

    @Test
    void contain_what_flickers_before_it_is_steady() {
        var window = Windows.of(samples(row("o", 12) + "..o." + row("o", 2) + row(".", 9)), List.of(APPLIED)).getFirst();
        assertThat(window.mostMicros()).isEqualTo(18_000 - 10_200);
        assertThat(window.samples()).isEqualTo(7);
    }

    @Test
    void pass_over_samples_that_saw_nothing() {
        var window = Windows.of(samples(row("o", 12) + "??" + row(".", 9)), List.of(APPLIED)).getFirst();
        assertThat(window.leastMicros()).isEqualTo(11_000 - 10_200);
        assertThat(window.mostMicros()).isEqualTo(14_000 - 10_200);
    }

    @Test
    void are_censored_where_nothing_is_steady_by_the_end() {
        assertThat(Windows.of(samples(row("o", 20) + ".."), List.of(APPLIED))).containsExactly(
            new Window(Kind.CUT_OFF, APPLIED, 10_200, 10_800, 10_800, Censored.RIGHT, 11));
    }

    @Test
    void tell_a_gap_under_a_change_that_allows_everything_still() {
        assertThat(Windows.of(samples(row("o", 14) + row(".", 5) + row("o", 9)), List.of(APPLIED)))
            .containsExactly(new Window(Kind.GAP, APPLIED, 14_000, 4_000, 6_000, null, 5));
    }

    @Test
    void tell_a_leak_under_what_shuts_it() {
        assertThat(Windows.of(samples(row(".", 14) + "o" + row(".", 9)), List.of(APPLIED)))
            .containsExactly(new Window(Kind.LEAK, APPLIED, 14_000, 0, 2_000, null, 1));
    }

    @Test
    void tell_what_opens_again_after_it_was_cut_off() {
        assertThat(Windows.of(samples(row("o", 12) + row(".", 5) + "oo" + row(".", 6)), List.of(APPLIED))).extracting(Window::kind)
            .containsExactly(Kind.CUT_OFF, Kind.LEAK);
    }

    @Test
    void are_not_open_where_one_of_the_ends_is_not_there() {
        assertThat(Windows.stretches(samples("..oo" + row("-", 50) + ".."), false)).extracting(Window::leastMicros, Window::mostMicros)
            .containsExactly(tuple(1_000L, 3_000L));
    }

    /// The samples' clock may be late or early by so much against that of the changes.
    @Test
    void are_as_uncertain_as_the_clock_of_the_samples() {
        var late = new Cause("policy shop/deny applied", 10_200, 12_000, 700);
        assertThat(Windows.of(samples(row("o", 15) + row(".", 15)), List.of(late)))
            .containsExactly(new Window(Kind.CUT_OFF, late, 10_200, 3_800 - 700, 4_800 + 700, null, 5));
        // By its own clock it had turned before the change; the error explains it.
        var window = Windows.turn(samples(row("o", 10) + row(".", 15)), late, true, 24_000);
        assertThat(window).isNotNull().satisfies(w -> {
            assertThat(w.leastMicros()).isZero();
            assertThat(w.mostMicros()).isEqualTo(700);
        });
        assertThat(Windows.turn(samples(row("o", 9) + row(".", 15)), late, true, 24_000)).isNull();
    }

    @Test
    void are_none_where_nothing_was_sampled() {
        assertThat(Windows.of(List.of(), List.of(APPLIED))).isEmpty();
        assertThat(Windows.of(samples("????"), List.of(APPLIED))).isEmpty();
    }

    @Test
    void keep_every_edge_in_runs() {
        var runs = new ArrayList<>(samples("ooo..o"));
        assertThat(runs).containsExactly(new SampleRun(0, 2_000, 3, Seen.OPEN), new SampleRun(3_000, 4_000, 2, Seen.SILENT),
            new SampleRun(5_000, 5_000, 1, Seen.OPEN));
    }
}
