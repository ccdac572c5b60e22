package dev.lockdown.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.disruption.ClusterDisruption;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.disruption.ObjectDisruption;
import dev.lockdown.disruption.Schedule;
import dev.lockdown.disruption.Schedule.Order;
import dev.lockdown.journal.Entry;
import dev.lockdown.state.Change;
import dev.lockdown.verdict.Wanted;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NamespacesAvailable
@DisplayName("A trial that disrupts its cluster")
class DisruptionsTest {
    private static final Duration BRIEF = Duration.ofMillis(30);
    private static final RandomGenerator CHANCE = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    private static final Disruption LOCKDOWN = new ObjectDisruption.NamespacesLockedDown(List.of("shop"), false, BRIEF);
    private static final Disruption RELABEL = new ObjectDisruption.PodRelabelled(TrialFixture.WEB.name(), Map.of("app", "x"), BRIEF);
    private static final Disruption GONE = new ObjectDisruption.PodGone(TrialFixture.API.name(), BRIEF);
    private static final Disruption PAUSE = new ClusterDisruption.EnforcementPaused(BRIEF);

    private static Schedule atOnce(Disruption... disruptions) {
        return new Schedule(List.of(disruptions), Order.AT_ONCE, 1, Duration.ZERO);
    }

    private static <E extends Entry> List<E> of(List<Entry> journal, Class<E> type) {
        return journal.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void writes_down_each_before_the_deed_and_its_end_and_leaves_all_as_it_was() {
        try (var fixture = new TrialFixture(); var trial = fixture.begin()) {
            var before = trial.state();
            int begun = fixture.journal.size();
            trial.disrupt(atOnce(LOCKDOWN, PAUSE, GONE), CHANCE, 7);
            var journal = fixture.journal.subList(begun, fixture.journal.size());
            assertThat(of(journal, Entry.Disrupted.class)).extracting(Entry.Disrupted::disruption).containsExactly(1, 2, 3);
            assertThat(of(journal, Entry.Disrupted.class)).extracting(Entry.Disrupted::words).first()
                .isEqualTo("namespace shop is locked down");
            assertThat(of(journal, Entry.Healed.class)).hasSize(3).allSatisfy(h -> {
                assertThat(h.problem()).isNull();
                assertThat(h.enforced()).isNotNull();
            });
            var applied = of(journal, Entry.Applied.class);
            assertThat(journal.indexOf(of(journal, Entry.Disrupted.class).getFirst())).isLessThan(journal.indexOf(applied.getFirst()));
            assertThat(applied.getFirst().line()).isEqualTo(7);
            assertThat(trial.state().pods()).isEqualTo(before.pods());
            assertThat(policiesOfShop(trial)).isEmpty();
            TrialFixture.verify(trial, TrialFixture.ask(Wanted.OPEN), 8);
        }
    }

    private static List<String> policiesOfShop(Trial trial) {
        return trial.state().policies().keySet().stream().filter(p -> p.namespace().equals("shop")).map(Object::toString).toList();
    }

    @Test
    void has_the_canary_go_open_blocked_and_open_after_what_is_no_change_of_objects() {
        try (var fixture = new TrialFixture(); var trial = fixture.begin()) {
            trial.disrupt(atOnce(LOCKDOWN), CHANCE, 7);
            assertThat(of(fixture.journal, Entry.Canary.class)).hasSize(1);
            trial.disrupt(atOnce(PAUSE, LOCKDOWN), CHANCE, 8);
            assertThat(of(fixture.journal, Entry.Canary.class)).hasSize(2).last().extracting(Entry.Canary::problem).isNull();
        }
    }

    @Test
    void does_all_of_it_as_often_as_it_is_told() {
        try (var fixture = new TrialFixture(); var trial = fixture.begin()) {
            trial.disrupt(new Schedule(List.of(LOCKDOWN, RELABEL), Order.IN_TURN, 3, Duration.ZERO), CHANCE, 7);
            var disrupted = of(fixture.journal, Entry.Disrupted.class);
            assertThat(disrupted).extracting(Entry.Disrupted::disruption).containsExactly(1, 2, 3, 4, 5, 6);
            // In turn: the next begins when the one before is over.
            var healed = of(fixture.journal, Entry.Healed.class);
            for (int i = 1; i < disrupted.size(); i++) assertThat(disrupted.get(i).at()).isAfterOrEqualTo(healed.get(i - 1).at());
        }
    }

    /// Every call of `apply` fails once, from the first deed to the last.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void heals_what_was_begun_when_one_fails_half_way(int failing) {
        try (var fixture = new TrialFixture()) {
            var calls = new int[] {-1};
            var cluster = failing(fixture.cluster, calls, failing);
            try (var trial = fixture.begin(cluster)) {
                var before = trial.state();
                calls[0] = 0;
                assertThatThrownBy(() -> trial.disrupt(atOnce(LOCKDOWN, RELABEL), CHANCE, 7)).isInstanceOf(ClusterException.class)
                    .hasMessageStartingWith("a disruption failed half-way: the API is away").hasMessageContaining("; healed: ");
                assertThat(trial.state().pods()).isEqualTo(before.pods());
                assertThat(policiesOfShop(trial)).isEmpty();
                assertThat(of(fixture.journal, Entry.Healed.class)).hasSameSizeAs(of(fixture.journal, Entry.Disrupted.class))
                    .allSatisfy(h -> assertThat(h.problem()).isEqualTo("failed, and healed: the API is away"));
            }
        }
    }

    @Test
    void tells_both_causes_when_one_fails_and_cannot_be_healed_either() {
        try (var fixture = new TrialFixture()) {
            var calls = new int[] {-1};
            var cluster = failing(fixture.cluster, calls, 2, 3);
            try (var trial = fixture.begin(cluster)) {
                calls[0] = 0;
                assertThatThrownBy(() -> trial.disrupt(atOnce(LOCKDOWN), CHANCE, 7)).isInstanceOf(ClusterException.class)
                    .hasMessage(
                        "a disruption failed half-way: the API is away; not healed: namespace shop is locked down: the API is away");
                assertThat(of(fixture.journal, Entry.Healed.class)).singleElement()
                    .satisfies(h -> assertThat(h.problem()).isEqualTo("failed: the API is away; not healed: the API is away"));
            }
        }
    }

    /// A cluster of which some calls of `apply` fail, counted from when the count is not negative.
    private static Cluster failing(Cluster cluster, int[] calls, int... failing) {
        return (Cluster) Proxy.newProxyInstance(Cluster.class.getClassLoader(), new Class<?>[] {Cluster.class}, (_, method, arguments) -> {
            if (method.getName().equals("apply") && calls[0] >= 0 && isUser(arguments) && contains(failing, ++calls[0]))
                throw new ClusterException("the API is away", null);
            try {
                return method.invoke(cluster, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private static boolean contains(int[] all, int one) {
        for (int each : all) if (each == one) return true;
        return false;
    }

    /// Whether it is a change of the scenario's objects.
    private static boolean isUser(@Nullable Object[] arguments) {
        return ((List<?>) arguments[0]).stream()
            .noneMatch(c -> c instanceof Change.ApplyPolicy(var p) && p.name().namespace().startsWith("lockdown-")
                || c instanceof Change.DeletePolicy(var n) && n.namespace().startsWith("lockdown-"));
    }
}
