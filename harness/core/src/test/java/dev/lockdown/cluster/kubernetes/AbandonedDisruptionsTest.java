package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.DisruptionGuard;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.Waits;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Fate;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.disruption.ObjectDisruption;
import dev.lockdown.disruption.ObjectEdits;
import dev.lockdown.disruption.Unattended.Way;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.NetworkPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A run that is killed after each deed of each disruption: what it kept in the cluster is enough for others to heal it.
@NamespacesAvailable
@DisplayName("A disruption whose run is killed")
class AbandonedDisruptionsTest {
    private static final Duration BRIEF = Duration.ofMillis(40);
    private static final NamespacedName WEB = new NamespacedName("shop", "web");
    private static final Change.ApplyPolicy DENY = (Change.ApplyPolicy) ShopFixture.DENY;
    private static final Polling POLLING = new Polling();
    private static final Set<String> WITH_JOBS =
        Stream.concat(ShopFixture.RIGHTS.stream(), Stream.of("create jobs", "delete jobs")).collect(Collectors.toSet());
    /// When the killed run's lease is over.
    private static final InstantSource LATER = () -> Instant.now().plus(Duration.ofHours(1));

    @TempDir
    private Path folder;

    static List<ObjectDisruption> disruptions() {
        var lockdown = new NetworkPolicy(new NamespacedName("shop", "lockdown"), LabelSelector.EVERYTHING, EnumSet.allOf(Direction.class),
            List.of(), List.of());
        return List.of(new ObjectDisruption.PoliciesComeAndGo(List.of(lockdown), BRIEF),
            new ObjectDisruption.PolicyRecreated(DENY.policy().name(), BRIEF),
            new ObjectDisruption.NamespacesLockedDown(List.of("shop"), false, BRIEF), new ObjectDisruption.HalfLockedDown("shop", BRIEF),
            new ObjectDisruption.PodRelabelled(WEB, Map.of("app", "other", "new", "yes"), BRIEF),
            new ObjectDisruption.NamespaceRelabelled("shop", Map.of("team", "other"), BRIEF), new ObjectDisruption.PodGone(WEB, BRIEF),
            new ObjectDisruption.PodsChurn("shop", 3000, BRIEF), new ObjectDisruption.NamespaceRecreated("shop", BRIEF));
    }

    /// A run from its cast to the last deed that it got to.
    private final class Killed {
        final KubernetesCluster cluster;
        final DisruptionGuard guard;
        final ClusterState before;

        /// @param deeds how many of the disruption's were done
        Killed(StubApi stub, ObjectDisruption disruption, int deeds) {
            cluster = (KubernetesCluster) ShopFixture.join(stub, ShopFixture.settings(folder), ShopFixture.LONG).start(Needs.DEFAULT);
            cluster.apply(ShopFixture.CAST);
            cluster.apply(List.of(DENY));
            before = stub.network().state();
            var edits = ObjectEdits.of(disruption, cluster.state(), RandomGeneratorFactory.of("L64X128MixRandom").create(1));
            guard = cluster.guard(disruption, edits.getLast().changes());
            for (var edit : edits.subList(0, Math.min(deeds, edits.size())))
                cluster.apply(edit == edits.getLast() ? ObjectEdits.missing(edit.changes(), cluster.state()) : edit.changes());
        }
    }

    private KubernetesBackend next(StubApi stub) {
        return KubernetesBackend.join(new Access.Text(stub.kubeconfig()), ShopFixture.settings(folder, "run-2"), ShopFixture.LONG, LATER);
    }

    private static List<String> differences(ClusterState before, StubApi stub) {
        return ObjectEdits.differences(before, stub.network().state(), n -> true);
    }

    private static Stream<String> kept(StubApi stub) {
        return stub.leftovers().stream().filter(o -> o.contains("disruption-"));
    }

    @ParameterizedTest
    @MethodSource("disruptions")
    void is_healed_by_the_next_run_however_far_it_came(ObjectDisruption disruption) {
        for (int deeds = 0; deeds < 4; deeds++) {
            try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
                var killed = new Killed(stub, disruption, deeds);
                assertThat(kept(stub)).as("kept").isNotEmpty();
                try (var next = next(stub)) {
                    assertThat(next.healed()).singleElement().asString().startsWith(disruption.words() + " (was to end at ");
                    // A pod that was made anew is a while in starting.
                    var last = POLLING.until(Duration.ofSeconds(30), () -> differences(killed.before, stub), List::isEmpty);
                    assertThat(last.value()).as("after %s deeds".formatted(deeds)).isEmpty();
                    assertThat(kept(stub).filter(o -> o.startsWith("ConfigMap"))).isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("disruptions")
    void keeps_nothing_when_it_was_healed(ObjectDisruption disruption) {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            var run = new Killed(stub, disruption, Integer.MAX_VALUE);
            run.guard.close();
            run.guard.close();
            assertThat(kept(stub)).isEmpty();
            assertThat(differences(run.before, stub)).isEmpty();
            try (var next = next(stub)) {
                assertThat(next.healed()).isEmpty();
            }
        }
    }

    /// What is added is deleted by the cluster itself, with the Job that owns it, when the Job's deadline has passed.
    @ParameterizedTest
    @MethodSource("disruptions")
    void that_only_adds_is_ended_by_the_cluster_itself(ObjectDisruption disruption) {
        try (var stub = StubApi.start(folder, WITH_JOBS)) {
            var killed = new Killed(stub, disruption, 1);
            boolean adds = disruption instanceof ObjectDisruption.PoliciesComeAndGo
                || disruption instanceof ObjectDisruption.NamespacesLockedDown || disruption instanceof ObjectDisruption.HalfLockedDown
                || disruption instanceof ObjectDisruption.PodsChurn;
            assertThat(killed.guard.unattended().way()).isEqualTo(adds ? Way.ENDS : Way.STAYS);
            assertThat(killed.guard.unattended().after()).isEqualTo(adds ? BRIEF.plusMillis(15_999) : Duration.ZERO);
            assertThat(differences(killed.before, stub)).isNotEmpty();
            assertThat(stub.passDeadlines()).containsExactly(adds ? new Long[] {16L} : new Long[0]);
            if (adds) assertThat(differences(killed.before, stub)).isEmpty();
        }
    }

    @Test
    void has_no_deadline_where_its_user_may_not_make_jobs() {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            var killed = new Killed(stub, disruptions().getFirst(), 1);
            assertThat(killed.guard.unattended().way()).isEqualTo(Way.STAYS);
            assertThat(stub.passDeadlines()).isEmpty();
        }
    }

    @Test
    void stays_known_until_it_could_be_healed() {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            var killed = new Killed(stub, disruptions().getFirst(), 1);
            stub.faults().calls(c -> c.right().equals("delete networkpolicies") ? new Fate.Refused(403, "Forbidden", "not you")
                : new Fate.Answered());
            assertThatThrownBy(() -> next(stub)).isInstanceOf(ClusterException.class)
                .hasMessageContaining("policy shop/lockdown comes and goes").hasMessageContaining("is not healed: NetworkPolicy lockdown")
                .hasMessageContaining("not you");
            stub.faults().calls(_ -> new Fate.Answered());
            try (var next = next(stub)) {
                assertThat(next.healed()).hasSize(1);
                assertThat(differences(killed.before, stub)).isEmpty();
            }
        }
    }

    @Test
    void is_told_and_healed_by_a_sweep() {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS);
                var sweeper = Sweeper.of(new Access.Text(stub.kubeconfig()), new Waits())) {
            var killed = new Killed(stub, new ObjectDisruption.PodGone(WEB, BRIEF), 1);
            assertThat(sweeper.disruptions().get("run-1")).singleElement().asString().startsWith("shop/web is gone (was to end at ");
            assertThat(sweeper.heal("run-2")).isEmpty();
            assertThat(sweeper.heal("run-1")).singleElement().asString().startsWith("shop/web is gone (was to end at ");
            assertThat(POLLING.until(Duration.ofSeconds(30), () -> differences(killed.before, stub), List::isEmpty).value()).isEmpty();
            assertThat(sweeper.disruptions()).isEmpty();
        }
    }
}
