package dev.lockdown.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockdown.cluster.Applied;
import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.DifferingFlow;
import dev.lockdown.cluster.NodeDump;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import dev.lockdown.state.Change;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.NetworkPlugin;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.PluginVersion;
import dev.lockdown.verdict.Judgement;
import dev.lockdown.verdict.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@NamespacesAvailable
@DisplayName("A difference that stands")
class StandingDefectTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Probe ASKED = TrialFixture.ask(Wanted.BLOCKED).getFirst().probe();
    /// Of both ways, whose egress rules kube-router lets in by.
    private static final Change BOTH_WAYS = new Change.ApplyPolicy(new NetworkPolicy(new NamespacedName("shop", "both"),
        LabelSelector.EVERYTHING, Set.of(Direction.INGRESS, Direction.EGRESS), List.of(),
        List.of(new NetworkPolicy.Rule(List.of(), List.of()))));

    /// Another's data plane, which has a network plugin and lets the flow pass in some rounds.
    private static final class Passing extends ForwardingCluster {
        private final String plugin;
        private final IntPredicate open;
        private boolean policies;
        private final AtomicInteger rounds = new AtomicInteger();
        /// At which round it was asked what nodes have programmed.
        private final List<Integer> dumped = Collections.synchronizedList(new ArrayList<>());

        Passing(Cluster real, String plugin, IntPredicate open) {
            super(real);
            this.plugin = plugin;
            this.open = open;
        }

        @Override
        public Capabilities capabilities() {
            var own = real.capabilities();
            return new Capabilities(own.description(), own.nodes(), own.families(), own.lacking(), PATIENCE, own.settling(), false, true,
                own.knowsHosts());
        }

        @Override
        public List<NetworkPlugin> networkPlugins() {
            return List.of(new NetworkPlugin("kube-router", plugin.isEmpty() ? null : PluginVersion.of(plugin), "an image"));
        }

        @Override
        public List<Observation> observe(List<Probe> probes, Dialling how) {
            var seen = real.observe(probes, how);
            if (!policies || !probes.equals(List.of(ASKED)) || !open.test(rounds.incrementAndGet())) return seen;
            return List.of(new Observation(ASKED, new Outcome.Connected(Duration.ofMillis(1), "shop/api", ""), seen.getFirst().at(),
                List.of()));
        }

        @Override
        public List<NodeDump> dumps(List<DifferingFlow> flows, Duration since) {
            dumped.add(rounds.get());
            return List.of();
        }

        @Override
        public Applied apply(List<Change> changes) {
            policies |= changes.contains(BOTH_WAYS);
            return real.apply(changes);
        }
    }

    private Judgement differing(String plugin, IntPredicate open) {
        return differing(plugin, open, Wanted.BLOCKED);
    }

    private Judgement differing(String plugin, IntPredicate open, Wanted claimed) {
        try (var fixture = new TrialFixture(); var trial = fixture.begin(new Passing(fixture.cluster, plugin, open))) {
            trial.apply(List.of(BOTH_WAYS), List.of(), 1);
            return catchThrowableOfType(VerdictError.class, () -> TrialFixture.verify(trial, TrialFixture.ask(claimed), 2))
                .judgement();
        }
    }

    @Test
    void is_not_waited_for_longer_where_this_very_version_of_the_network_plugin_is_known_for_it() {
        assertThat(differing("2.6.3", _ -> true)).satisfies(judgement -> {
            assertThat(judgement.differing()).hasSize(1);
            assertThat(judgement.rounds()).isGreaterThanOrEqualTo(3);
            assertThat(judgement.took()).isBetween(Duration.ofSeconds(1), PATIENCE.minusMillis(1));
        });
    }

    @Test
    void has_the_rules_of_nodes_read_once_and_beside_the_last_round_where_it_is_known_before() {
        assertThat(dumped("2.6.3")).singleElement().satisfies(at -> assertThat(at).isBetween(2, 3));
        assertThat(dumped("99.0.0")).singleElement().satisfies(at -> assertThat(at).isGreaterThan(3));
    }

    private static List<Integer> dumped(String plugin) {
        try (var fixture = new TrialFixture()) {
            var passing = new Passing(fixture.cluster, plugin, _ -> true);
            try (var trial = fixture.begin(passing)) {
                trial.apply(List.of(BOTH_WAYS), List.of(), 1);
                catchThrowableOfType(VerdictError.class, () -> TrialFixture.verify(trial, TrialFixture.ask(Wanted.BLOCKED), 2));
            }
            return List.copyOf(passing.dumped);
        }
    }

    /// However long it is waited, no cluster that does as the policies say comes to do as the step says.
    @Test
    void is_not_waited_for_longer_where_the_step_claims_what_the_policies_do_not_demand() {
        assertThat(differing("99.0.0", _ -> false, Wanted.OPEN)).satisfies(judgement -> {
            assertThat(judgement.differing()).hasSize(1);
            assertThat(judgement.rounds()).isGreaterThanOrEqualTo(3);
            assertThat(judgement.took()).isBetween(Duration.ofSeconds(1), PATIENCE.minusMillis(1));
        });
    }

    /// k3s has kube-router in its own process.
    @Test
    void is_waited_for_a_little_longer_where_nothing_says_which_version_runs() {
        assertThat(differing("", _ -> true)).satisfies(judgement -> {
            assertThat(judgement.differing()).hasSize(1);
            assertThat(judgement.took()).isBetween(Duration.ofSeconds(3), PATIENCE.minusMillis(1));
        });
    }

    @Test
    void is_waited_for_with_all_patience_where_another_version_runs() {
        assertThat(differing("99.0.0", _ -> true).took()).isGreaterThanOrEqualTo(PATIENCE);
    }

    @Test
    void is_waited_for_anew_from_when_it_was_otherwise() {
        var begin = new AtomicReference<Instant>();
        var otherwise = new AtomicBoolean();
        assertThat(differing("2.6.3", _ -> {
            begin.compareAndSet(null, Instant.now());
            return Duration.between(begin.get(), Instant.now()).compareTo(Duration.ofMillis(700)) < 0 || otherwise.getAndSet(true);
        }).took()).isBetween(Duration.ofMillis(1700), PATIENCE.minusMillis(1));
    }

    @Test
    void is_told_where_patience_ends_on_the_only_round_that_agrees() {
        var begin = new AtomicReference<Instant>();
        var agreed = new AtomicBoolean();
        // The first round that begins as patience ends agrees, and no other.
        assertThat(differing("99.0.0", _ -> {
            begin.compareAndSet(null, Instant.now());
            return Duration.between(begin.get(), Instant.now()).compareTo(PATIENCE.minusMillis(20)) < 0 || agreed.getAndSet(true);
        }).differing()).hasSize(1);
    }
}
