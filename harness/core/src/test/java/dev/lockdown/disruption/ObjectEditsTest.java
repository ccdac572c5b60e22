package dev.lockdown.disruption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.Node;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A disruption made of changes")
class ObjectEditsTest {
    private static final Duration LASTING = Duration.ofMillis(300);
    private static final NamespacedName WEB = NamespacedName.parse("shop/web");
    private static final NetworkPolicy DENY = policy("shop/deny");
    private static final ClusterState STATE = ClusterState.ofNodes(List.of(new Node("node-1", Map.of()))).after(List.of(
        new Change.ApplyNamespace(new Namespace("shop", Map.of("team", "a"))), new Change.ApplyNamespace(new Namespace("back", Map.of())),
        new Change.StartPod(pod("shop/web", Map.of("app", "web"))), new Change.StartPod(pod("shop/web-2", Map.of("app", "web"))),
        new Change.StartPod(pod("shop/api", Map.of("app", "api", "tier", "back"))), new Change.StartPod(pod("back/db", Map.of())),
        new Change.ApplyService(new Service(NamespacedName.parse("shop/web"), Map.of("app", "web"), Map.of("app", "web"), List.of(),
            Service.Type.CLUSTER_IP)),
        new Change.ApplyPolicy(DENY)));

    private static NetworkPolicy policy(String name) {
        return new NetworkPolicy(NamespacedName.parse(name), LabelSelector.EVERYTHING, EnumSet.allOf(Direction.class), List.of(),
            List.of());
    }

    private static Pod pod(String name, Map<String, String> labels) {
        return new Pod(NamespacedName.parse(name), labels, List.of(ContainerPort.unnamed(Port.parse("TCP/80"))), "node-1", false);
    }

    private static List<ObjectEdits.Edit> edits(ObjectDisruption disruption, long seed) {
        return ObjectEdits.of(disruption, STATE, RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
    }

    static Stream<ObjectDisruption> all() {
        return Stream.of(new ObjectDisruption.PoliciesComeAndGo(List.of(policy("shop/other"), policy("back/other")), LASTING),
            new ObjectDisruption.PolicyRecreated(DENY.name(), LASTING),
            new ObjectDisruption.NamespacesLockedDown(List.of("shop", "back"), false, LASTING),
            new ObjectDisruption.NamespacesLockedDown(List.of("shop", "back"), true, LASTING),
            new ObjectDisruption.HalfLockedDown("shop", LASTING),
            new ObjectDisruption.PodRelabelled(WEB, Map.of("app", "other"), LASTING),
            new ObjectDisruption.NamespaceRelabelled("shop", Map.of(), LASTING), new ObjectDisruption.PodGone(WEB, LASTING),
            new ObjectDisruption.PodsChurn("shop", 1200, LASTING),
            new ObjectDisruption.AddressGiven(WEB, pod("shop/heir", Map.of()), LASTING),
            new ObjectDisruption.NamespaceRecreated("shop", LASTING));
    }

    @ParameterizedTest
    @MethodSource("all")
    void changes_the_state_and_leaves_it_as_it_was(ObjectDisruption disruption) {
        var edits = edits(disruption, 1);
        assertThat(edits.getLast().after()).isEqualTo(LASTING);
        var state = STATE;
        for (var edit : edits.subList(0, edits.size() - 1)) {
            state = state.after(edit.changes());
            assertThat(state).isNotEqualTo(STATE);
        }
        assertThat(state.after(ObjectEdits.missing(edits.getLast().changes(), state))).isEqualTo(STATE);
    }

    @ParameterizedTest
    @MethodSource("all")
    void is_healed_however_far_it_came(ObjectDisruption disruption) {
        var edits = edits(disruption, 1);
        var healing = edits.getLast().changes();
        var state = STATE;
        assertThat(STATE.after(ObjectEdits.missing(healing, STATE))).isEqualTo(STATE);
        for (var edit : edits.subList(0, edits.size() - 1)) {
            var before = state;
            for (int n = 1; n <= edit.changes().size(); n++) {
                state = before.after(edit.changes().subList(0, n));
                assertThat(state.after(ObjectEdits.missing(healing, state))).as("%s of %s", n, edit).isEqualTo(STATE);
            }
        }
    }

    @Test
    void locks_down_half_of_the_pods_as_the_seed_says_and_those_of_the_same_labels_together() {
        var chosen = new HashSet<LabelSelector>();
        for (long seed = 0; seed < 20; seed++) {
            var changes = edits(new ObjectDisruption.HalfLockedDown("shop", LASTING), seed).getFirst().changes();
            assertThat(changes).isEqualTo(edits(new ObjectDisruption.HalfLockedDown("shop", LASTING), seed).getFirst().changes())
                .hasSize(1);
            chosen.add(((Change.ApplyPolicy) changes.getFirst()).policy().podSelector());
        }
        assertThat(chosen).extracting(LabelSelector::matchLabels)
            .containsExactlyInAnyOrder(Map.of("app", "web"), Map.of("app", "api", "tier", "back"));
        assertThat(chosen).filteredOn(s -> s.matchLabels().equals(Map.of("app", "web"))).singleElement().satisfies(
            s -> assertThat(s.matchExpressions()).extracting(e -> e.key() + " " + e.operator()).containsExactly("tier DoesNotExist"));
    }

    @Test
    void gives_the_namespace_its_policies_before_its_pods() {
        var healing = edits(new ObjectDisruption.NamespaceRecreated("shop", LASTING), 1).getLast().changes();
        int policy = healing.indexOf(new Change.ApplyPolicy(DENY));
        assertThat(healing).filteredOn(Change.StartPod.class::isInstance).hasSize(3)
            .allSatisfy(pod -> assertThat(healing.indexOf(pod)).isGreaterThan(policy));
    }

    @Test
    void churns_so_many_pods_one_after_another() {
        var edits = edits(new ObjectDisruption.PodsChurn("shop", 600, LASTING), 1);
        assertThat(edits).extracting(ObjectEdits.Edit::after).containsExactly(Duration.ZERO, Duration.ofMillis(100), Duration.ofMillis(200),
            LASTING);
        assertThat(edits.get(1).changes()).hasSize(2);
        assertThat(Set.copyOf(edits(new ObjectDisruption.PodsChurn("shop", 6000, LASTING), 1).stream().map(e -> e.changes()).toList()))
            .hasSize(31);
    }
}
