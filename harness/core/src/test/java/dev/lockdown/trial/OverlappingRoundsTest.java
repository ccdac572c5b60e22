package dev.lockdown.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.Applied;
import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import dev.lockdown.state.Change;
import dev.lockdown.state.Direction;
import dev.lockdown.verdict.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@NamespacesAvailable
@DisplayName("Rounds of a block on a cluster that does not name what it drops")
class OverlappingRoundsTest {
    private static final Probe ASKED = TrialFixture.ask(Wanted.BLOCKED).getFirst().probe();

    private final List<Instant> begun = Collections.synchronizedList(new ArrayList<>());
    private final Map<Integer, Instant> ended = new ConcurrentHashMap<>();

    /// Another's data plane: the embedded one, whose silences last as long as they are waited for.
    private final class Silent extends ForwardingCluster {
        private final IntPredicate open;
        private boolean policies;

        /// @param open the rounds, from 1, in which the flow is open whatever the policies say
        Silent(Cluster real, IntPredicate open) {
            super(real);
            this.open = open;
        }

        @Override
        public Capabilities capabilities() {
            var own = real.capabilities();
            return new Capabilities(own.description(), own.nodes(), own.families(), own.lacking(), own.patience(), own.settling(), false,
                true, own.knowsHosts());
        }

        @Override
        public boolean mayOverlap() {
            return true;
        }

        @Override
        public List<Observation> observe(List<Probe> probes, Dialling how) {
            boolean verdict = policies && probes.equals(List.of(ASKED));
            int round = 0;
            if (verdict)
                synchronized (begun) {
                    begun.add(Instant.now());
                    round = begun.size();
                }
            var seen = new ArrayList<Observation>();
            for (var observation : observed(probes, how))
                seen.add(verdict && open.test(round) ? opened(observation) : silent(observation, how));
            if (seen.stream().anyMatch(o -> o.outcome() instanceof Outcome.TimedOut)) LockSupport.parkNanos(how.deadline().toNanos());
            if (verdict) ended.put(round, Instant.now());
            return seen;
        }

        private synchronized List<Observation> observed(List<Probe> probes, Dialling how) {
            return real.observe(probes, how);
        }

        private static Observation opened(Observation seen) {
            return new Observation(seen.probe(), new Outcome.Connected(Duration.ofMillis(1), "shop/api", ""), seen.at(), List.of());
        }

        private static Observation silent(Observation seen, Dialling how) {
            return seen.outcome() instanceof Outcome.TimedOut(_, var lost)
                ? new Observation(seen.probe(), new Outcome.TimedOut(how.deadline(), lost), seen.at(), List.of()) : seen;
        }

        @Override
        public synchronized Applied apply(List<Change> changes) {
            policies |= changes.stream().anyMatch(c -> c instanceof Change.ApplyPolicy(var p) && p.name().namespace().equals("shop"));
            return real.apply(changes);
        }
    }

    private void judge(IntPredicate open) {
        try (var fixture = new TrialFixture(); var trial = fixture.begin(new Silent(fixture.cluster, open))) {
            trial.apply(TrialFixture.deny(Direction.INGRESS), List.of(), 1);
            TrialFixture.verify(trial, TrialFixture.ask(Wanted.BLOCKED), 2);
        }
    }

    @Test
    void begin_while_the_one_before_waits_for_what_is_dropped() {
        judge(_ -> false);
        assertThat(begun).hasSize(2);
        assertThat(begun.get(1)).isBefore(ended.get(1));
    }

    @Test
    void count_for_nothing_beside_one_that_differs() {
        judge(round -> round == 2);
        assertThat(begun).as("the first, which agreed, was asked beside it").hasSizeGreaterThan(2);
        assertThat(begun.get(2)).as("what counts is asked after the second, and the first is not waited for").isBetween(ended.get(2),
            ended.get(1));
    }

    @Test
    void end_red_where_the_flow_stays_open() {
        assertThatThrownBy(() -> judge(_ -> true)).isInstanceOf(VerdictError.class);
    }
}
