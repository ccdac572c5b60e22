package dev.lockdown.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.Applied;
import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NamespacesAvailable
@DisplayName("The sentinels")
class SentinelsTest {
    private final List<Duration> deadlines = new ArrayList<>();
    private final List<List<Probe>> asked = new ArrayList<>();

    /// Drops everything without a word; its dialler is held up in the first looks.
    private class Late extends ForwardingCluster {
        private final int looks;

        Late(Cluster real, int looks) {
            super(real);
            this.looks = looks;
        }

        Outcome outcome(Probe probe, Duration after) {
            return new Outcome.TimedOut(after, Outcome.Lost.REQUEST);
        }

        @Override
        public Capabilities capabilities() {
            return real.capabilities();
        }

        @Override
        public Applied apply(List<Change> changes) {
            return new Applied(Instant.EPOCH, Instant.EPOCH);
        }

        @Override
        public List<Observation> observe(List<Probe> probes, Dialling how) {
            deadlines.add(how.deadline());
            asked.add(probes);
            var after = deadlines.size() <= looks ? how.deadline().multipliedBy(2) : how.deadline();
            return probes.stream()
                .map(p -> new Observation(p, outcome(p, after), Instant.EPOCH, List.of())).toList();
        }
    }

    /// Of somebody else's, and not known yet; drops without a word what comes over UDP, and refuses the rest.
    private final class Refusing extends Late {
        private final Set<Protocol> dropped;

        Refusing(Cluster real, Set<Protocol> dropped) {
            super(real, 0);
            this.dropped = dropped;
        }

        @Override
        public Capabilities capabilities() {
            var own = super.capabilities();
            return new Capabilities(own.description(), own.nodes(), own.families(), own.lacking(), own.patience(), own.settling(), false,
                true,
                own.knowsHosts());
        }

        @Override
        Outcome outcome(Probe probe, Duration after) {
            return dropped.contains(protocol(probe)) ? super.outcome(probe, after) : new Outcome.Refused();
        }
    }

    private static Protocol protocol(Probe probe) {
        return ((Probe.Reach) probe).flow().port().protocol();
    }

    private Sentinels.Turn turn(int lateLooks) {
        return turn(real -> new Late(real, lateLooks));
    }

    private Sentinels.Turn turn(Function<Cluster, Cluster> how) {
        try (var fixture = new TrialFixture()) {
            var cluster = how.apply(fixture.cluster);
            var canary = new Canary(cluster.capabilities().nodes(), cluster.capabilities().families());
            return new Sentinels(cluster, canary, new ScenarioJournal("test", _ -> {}, InstantSource.system())).apply(List.of(), 0);
        }
    }

    @Test
    void are_looked_at_once_more_with_the_whole_deadline_where_a_cluster_is_not_known_yet_and_they_were_silent() {
        assertThat(turn(real -> new Refusing(real, Set.of(Protocol.values())))).isInstanceOf(Sentinels.Turn.Turned.class);
        assertThat(deadlines).containsExactly(Duration.ofMillis(100), Dialling.DEFAULT.deadline());
        assertThat(asked.getLast()).isEqualTo(asked.getFirst());
    }

    @Test
    void are_not_looked_at_once_more_where_they_were_refused_in_so_many_words() {
        assertThat(turn(real -> new Refusing(real, Set.of()))).isInstanceOf(Sentinels.Turn.Turned.class);
        assertThat(deadlines).containsExactly(Duration.ofMillis(100));
    }

    @Test
    void are_looked_at_once_more_where_some_were_silent_and_those_alone() {
        assertThat(turn(real -> new Refusing(real, Set.of(Protocol.UDP)))).isInstanceOf(Sentinels.Turn.Turned.class);
        assertThat(deadlines).containsExactly(Duration.ofMillis(100), Dialling.DEFAULT.deadline());
        assertThat(asked.getLast()).isNotEmpty().allSatisfy(p -> assertThat(protocol(p)).isEqualTo(Protocol.UDP));
    }

    @Test
    void have_turned_when_they_were_silent_in_time() {
        assertThat(turn(0)).isInstanceOf(Sentinels.Turn.Turned.class);
        assertThat(deadlines).containsExactly(Duration.ofMillis(100));
    }

    @Test
    void are_looked_at_longer_where_the_dialler_was_held_up() {
        assertThat(turn(2)).isInstanceOf(Sentinels.Turn.Turned.class);
        assertThat(deadlines).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
    }

    @Test
    void are_believed_in_the_end_however_busy_the_machine_is() {
        assertThat(turn(Integer.MAX_VALUE)).isInstanceOf(Sentinels.Turn.Turned.class);
        assertThat(deadlines).hasSize(5).endsWith(Duration.ofMillis(1200));
    }

    /// Answers slowly until its policies are changed.
    private final class Slow extends Late {
        private final Duration roundTrip;
        private boolean shut;

        Slow(Cluster real, Duration roundTrip) {
            super(real, 0);
            this.roundTrip = roundTrip;
        }

        @Override
        public Applied apply(List<Change> changes) {
            shut = true;
            return super.apply(changes);
        }

        @Override
        Outcome outcome(Probe probe, Duration after) {
            return shut ? super.outcome(probe, after) : new Outcome.Connected(roundTrip, "lockdown-canary/bystander", "10.42.0.5");
        }
    }

    @ParameterizedTest(name = "{0} ms: {1} ms")
    @CsvSource({"1, 100", "20, 100", "60, 300", "500, 1200"})
    void are_looked_at_longer_where_they_answer_slowly_while_they_are_open(int roundTrip, int deadline) {
        try (var fixture = new TrialFixture()) {
            var cluster = new Slow(fixture.cluster, Duration.ofMillis(roundTrip));
            var canary = new Canary(cluster.capabilities().nodes(), cluster.capabilities().families());
            var sentinels = new Sentinels(cluster, canary, new ScenarioJournal("test", _ -> {}, InstantSource.system()));
            sentinels.await(new Applied(Instant.EPOCH, Instant.EPOCH));
            sentinels.apply(List.of(), 0);
        }
        assertThat(deadlines.getLast()).isEqualTo(Duration.ofMillis(deadline));
    }
}
