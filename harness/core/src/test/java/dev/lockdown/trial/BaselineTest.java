package dev.lockdown.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.flow.Drop;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import dev.lockdown.verdict.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NamespacesAvailable
@DisplayName("The baseline")
class BaselineTest {
    private static final Probe FLOW = TrialFixture.ask(Wanted.OPEN).getFirst().probe();

    private static final Probe OTHER = Probe.Reach.of(Flow.of(TrialFixture.API, TrialFixture.WEB, TrialFixture.PORT));

    private final List<List<Probe>> asked = new ArrayList<>();
    private final List<Long> deadlines = new ArrayList<>();
    private List<Drop> dropped = List.of();
    private boolean namesDrops = true;
    /// How long the answers of the looks took, in milliseconds; those of later ones as long as the last.
    private List<Integer> took = List.of(1);

    /// Still drops, in the first looks, what an earlier policy denied.
    private final class Dropping extends ForwardingCluster {
        private final boolean trusted;
        private final int looks;

        Dropping(Cluster real, boolean trusted, int looks) {
            super(real);
            this.trusted = trusted;
            this.looks = looks;
        }

        @Override
        public Capabilities capabilities() {
            var own = real.capabilities();
            return new Capabilities(own.description(), own.nodes(), own.families(), own.lacking(), own.patience(), own.settling(),
                namesDrops,
                own.foreign(), own.knowsHosts());
        }

        @Override
        public boolean isTrusted() {
            return trusted;
        }

        @Override
        public List<Observation> observe(List<Probe> probes, Dialling how) {
            deadlines.add(how.longest().toMillis());
            asked.add(probes);
            if (probes.contains(OTHER)) return both(how);
            var outcome = deadlines.size() <= looks ? new Outcome.TimedOut(how.deadline(), Outcome.Lost.UNKNOWN)
                : new Outcome.Connected(Duration.ofMillis(took.get(Math.min(deadlines.size(), took.size()) - 1)), "shop/api", "10.42.0.5");
            return probes.stream().map(p -> new Observation(p, outcome, Instant.EPOCH, dropped)).toList();
        }
    }

    private static List<Observation> both(Dialling how) {
        return List.of(new Observation(FLOW, new Outcome.TimedOut(how.deadline(), Outcome.Lost.UNKNOWN), Instant.EPOCH, List.of()),
            new Observation(OTHER, new Outcome.Connected(Duration.ofMillis(1), "shop/web", "10.42.0.5"), Instant.EPOCH, List.of()));
    }

    @Test
    void asks_nothing_again_that_was_open() {
        var baseline = new Baseline();
        try (var fixture = new TrialFixture()) {
            baseline.take(new Dropping(fixture.cluster, true, 2), () -> List.of(FLOW, OTHER), List::of,
                new ScenarioJournal("test", _ -> {}, InstantSource.system()));
        }
        assertThat(asked).containsExactly(List.of(FLOW, OTHER), List.of(FLOW), List.of(FLOW));
        assertThat(baseline.openFlows()).containsExactly(FLOW, OTHER);
    }

    private Baseline taken(boolean trusted, int droppingLooks) {
        var baseline = new Baseline();
        try (var fixture = new TrialFixture()) {
            baseline.take(new Dropping(fixture.cluster, trusted, droppingLooks), () -> List.of(FLOW), List::of,
                new ScenarioJournal("test", _ -> {}, InstantSource.system()));
        }
        return baseline;
    }

    @Test
    void asks_what_is_dropped_for_a_moment_yet_again_soon_and_in_the_end_with_the_whole_deadline() {
        assertThat(taken(true, 4).open(FLOW)).isTrue();
        assertThat(deadlines).containsExactly(300L, 600L, 1200L, 1500L, 1500L);
    }

    @Test
    void asks_again_with_the_whole_deadline_what_a_busy_machine_was_late_with() {
        assertThat(taken(false, 2).open(FLOW)).isTrue();
        assertThat(deadlines).containsExactly(1500L, 1500L, 1500L);
    }

    @Test
    void asks_once_where_a_drop_is_named_and_where_none_ever_is() {
        dropped = List.of(new Drop("node-1", "ingress of shop/api"));
        assertThat(taken(false, 1).open(FLOW)).isFalse();
        assertThat(deadlines).containsExactly(1500L);
        deadlines.clear();
        dropped = List.of();
        namesDrops = false;
        assertThat(taken(false, 1).open(FLOW)).isFalse();
        assertThat(deadlines).containsExactly(1500L);
    }

    @ParameterizedTest(name = "{0}: {1} ms in {2} looks")
    @CsvSource({"25, 25, 1", "26 3, 3, 2", "80 60 4, 4, 3", "80 60 90, 60, 3", "80 90 100 2, 80, 3"})
    void asks_again_what_a_busy_machine_made_slow_and_keeps_the_shortest_round_trip(String each, int kept, int looks) {
        namesDrops = false;
        took = Arrays.stream(each.split(" ")).map(Integer::valueOf).toList();
        assertThat(taken(true, 0).roundTrip(FLOW)).isEqualTo(Duration.ofMillis(kept));
        assertThat(deadlines).hasSize(looks);
    }

    @Test
    void asks_nothing_again_where_a_drop_is_named() {
        took = List.of(80);
        assertThat(taken(true, 0).roundTrip(FLOW)).isEqualTo(Duration.ofMillis(80));
        assertThat(deadlines).hasSize(1);
    }
}
