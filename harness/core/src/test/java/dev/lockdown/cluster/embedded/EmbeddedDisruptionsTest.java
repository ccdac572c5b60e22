package dev.lockdown.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.disruption.ClusterDisruption;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.state.Change;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.Pod;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NamespacesAvailable
@DisplayName("A disruption of the embedded cluster")
class EmbeddedDisruptionsTest {
    private static final Dialling SHORT = new Dialling(Duration.ofMillis(100), 0);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration BRIEF = Duration.ofMillis(150);
    private static final Endpoint.Pod WEB = Endpoint.Pod.of("shop", "web");
    private static final Endpoint.Pod API = Endpoint.Pod.of("shop", "api");
    private static final Endpoint.Pod NEIGHBOUR = Endpoint.Pod.of("shop", "neighbour");
    private static final Port HTTP = Port.parse("TCP/8080");
    private static final Probe REACH = Probe.Reach.of(Flow.of(WEB, API, HTTP));
    private static final Probe NEAR = Probe.Reach.of(Flow.of(NEIGHBOUR, API, HTTP));
    private static final Probe ASK_API = Probe.Reach.of(Flow.of(WEB, new Endpoint.KubernetesApi(), Port.parse("TCP/443")));
    private static final Probe ASK_API_FAR = Probe.Reach.of(Flow.of(API, new Endpoint.KubernetesApi(), Port.parse("TCP/443")));
    private static final Probe ASK_DNS =
        Probe.Reach.of(Flow.of(WEB, new Endpoint.Service(NamespacedName.parse("kube-system/kube-dns")), Port.parse("UDP/53")));

    private static EmbeddedCluster cluster(EmbeddedBackend backend) {
        var cluster = backend.start(Needs.DEFAULT);
        cluster.apply(List.of(new Change.ApplyNamespace(new Namespace("shop", Map.of())), new Change.StartPod(pod(WEB, "node-1")),
            new Change.StartPod(pod(API, "node-2")), new Change.StartPod(pod(NEIGHBOUR, "node-2"))));
        return cluster;
    }

    private static Pod pod(Endpoint.Pod pod, String node) {
        return new Pod(pod.name(), Map.of(), List.of(ContainerPort.unnamed(HTTP)), node, false);
    }

    private static Change deny() {
        return new Change.ApplyPolicy(new NetworkPolicy(NamespacedName.parse("shop/deny"), LabelSelector.EVERYTHING,
            EnumSet.of(Direction.INGRESS), List.of(), List.of()));
    }

    private static boolean open(EmbeddedCluster cluster, Probe probe) {
        return cluster.observe(List.of(probe), SHORT).getFirst().outcome() instanceof Outcome.Connected;
    }

    private static void awaitOpen(EmbeddedCluster cluster, Probe probe) {
        new Polling().require(Duration.ofSeconds(20), () -> open(cluster, probe), open -> open,
            _ -> new IllegalStateException("still shut: " + probe));
    }

    private record Losing(ClusterDisruption lasting, ClusterDisruption brief, Probe shut, Probe open) {
        @Override
        public String toString() {
            return lasting.words();
        }
    }

    static Stream<Losing> losing() {
        return Stream.of(
            new Losing(new ClusterDisruption.LinkDown(API.name(), LONG), new ClusterDisruption.LinkDown(API.name(), BRIEF), REACH, ASK_API),
            new Losing(new ClusterDisruption.NodeCutOff("node-2", LONG), new ClusterDisruption.NodeCutOff("node-2", BRIEF), REACH, NEAR),
            new Losing(new ClusterDisruption.ApiCut("node-1", LONG), new ClusterDisruption.ApiCut("node-1", BRIEF), ASK_API, REACH),
            new Losing(new ClusterDisruption.ApiCut("node-2", LONG), new ClusterDisruption.ApiCut("node-2", BRIEF), ASK_API_FAR, ASK_API),
            new Losing(new ClusterDisruption.ApiAway(LONG), new ClusterDisruption.ApiAway(BRIEF), ASK_API, REACH),
            new Losing(new ClusterDisruption.DnsAway(LONG), new ClusterDisruption.DnsAway(BRIEF), ASK_DNS, REACH));
    }

    @ParameterizedTest
    @MethodSource("losing")
    void shuts_what_it_says_and_nothing_else_and_is_healed_when_it_is_closed(Losing losing) {
        try (var backend = EmbeddedBackend.sound(InstantSource.system()); var cluster = cluster(backend)) {
            awaitOpen(cluster, losing.shut);
            try (var _ = cluster.begin(losing.lasting)) {
                assertThat(open(cluster, losing.shut)).isFalse();
                awaitOpen(cluster, losing.open);
            }
            awaitOpen(cluster, losing.shut);
        }
    }

    @ParameterizedTest
    @MethodSource("losing")
    void is_healed_by_the_kernel_when_its_time_is_over_and_nobody_closes_it(Losing losing) {
        try (var backend = EmbeddedBackend.sound(InstantSource.system()); var cluster = cluster(backend)) {
            var _ = cluster.begin(losing.brief);
            awaitOpen(cluster, losing.shut);
        }
    }

    @Test
    void loses_some_packets_and_not_all() {
        try (var backend = EmbeddedBackend.sound(InstantSource.system()); var cluster = cluster(backend)) {
            try (var _ = cluster.begin(new ClusterDisruption.LinkLossy(API.name(), 50, LONG))) {
                // With three attempts of a dial, either is next to impossible not to be seen.
                var seen = cluster.observe(Collections.nCopies(200, REACH), SHORT);
                assertThat(seen).anyMatch(o -> o.outcome() instanceof Outcome.Connected)
                    .anyMatch(o -> !(o.outcome() instanceof Outcome.Connected));
            }
            awaitOpen(cluster, REACH);
        }
    }

    @Test
    void leaves_the_rules_as_they_are_while_enforcement_pauses_and_makes_up_for_it() {
        try (var backend = EmbeddedBackend.sound(InstantSource.system()); var cluster = cluster(backend)) {
            try (var _ = cluster.begin(new ClusterDisruption.EnforcementPaused(LONG))) {
                cluster.apply(List.of(deny()));
                assertThat(open(cluster, REACH)).isTrue();
            }
            assertThat(open(cluster, REACH)).isFalse();
            try (var _ = cluster.begin(new ClusterDisruption.EnforcementPaused(LONG))) {
                cluster.apply(List.of(new Change.DeletePolicy(NamespacedName.parse("shop/deny"))));
                assertThat(open(cluster, REACH)).isFalse();
            }
            awaitOpen(cluster, REACH);
        }
    }

    @Test
    void opens_what_is_denied_while_the_rules_are_forgotten_whatever_changes_meanwhile() {
        try (var backend = EmbeddedBackend.sound(InstantSource.system()); var cluster = cluster(backend)) {
            cluster.apply(List.of(deny()));
            assertThat(open(cluster, REACH)).isFalse();
            try (var _ = cluster.begin(new ClusterDisruption.RulesForgotten(LONG))) {
                awaitOpen(cluster, REACH);
                cluster.apply(List.of(new Change.ApplyNamespace(new Namespace("other", Map.of()))));
                awaitOpen(cluster, REACH);
            }
            assertThat(open(cluster, REACH)).isFalse();
            cluster.begin(new ClusterDisruption.EnforcementRestarted());
            assertThat(open(cluster, REACH)).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("brief")
    void ends_by_itself_when_enforcement_was_stopped(ClusterDisruption disruption) {
        try (var backend = EmbeddedBackend.sound(InstantSource.system()); var cluster = cluster(backend)) {
            cluster.begin(disruption);
            cluster.apply(List.of(deny()));
            new Polling().require(Duration.ofSeconds(20), () -> open(cluster, REACH), open -> !open,
                _ -> new IllegalStateException("still not enforced"));
        }
    }

    static Stream<ClusterDisruption> brief() {
        return Stream.of(new ClusterDisruption.EnforcementPaused(BRIEF), new ClusterDisruption.RulesForgotten(BRIEF));
    }

    /// While the node boots a dial is silent, for that long at least; afterwards all is as the policies say, and nobody was let in meanwhile.
    @Test
    void restarts_a_node_which_comes_back_with_its_rules() {
        try (var backend = EmbeddedBackend.sound(InstantSource.system()); var cluster = cluster(backend)) {
            cluster.apply(List.of(deny()));
            assertThat(open(cluster, REACH)).isFalse();
            Map.of("node-1", ASK_API, "node-2", ASK_API_FAR).forEach((node, asks) -> {
                try (var reboot = cluster.begin(new ClusterDisruption.NodeRestarted(node))) {
                    assertThat(open(cluster, asks)).as("while %s boots", node).isFalse();
                    reboot.close();
                    assertThat(open(cluster, REACH)).isFalse();
                    awaitOpen(cluster, asks);
                }
            });
            cluster.apply(List.of(new Change.DeletePolicy(NamespacedName.parse("shop/deny"))));
            awaitOpen(cluster, REACH);
        }
    }

    /// A rule that is not lost would still deny: the link of the node is up here, and only its rules are gone.
    @Test
    void loses_the_rules_of_a_node_that_restarts_until_they_are_restored() {
        try (var backend = EmbeddedBackend.sound(InstantSource.system()); var cluster = cluster(backend)) {
            cluster.apply(List.of(deny()));
            assertThat(open(cluster, REACH)).isFalse();
            cluster.enforcement().lose("node-2");
            awaitOpen(cluster, REACH);
            cluster.enforcement().restore();
            assertThat(open(cluster, REACH)).isFalse();
        }
    }

    @Test
    void is_refused_with_the_reason_where_there_is_no_such_thing() {
        try (var backend = EmbeddedBackend.sound(InstantSource.system()); var cluster = backend.start(Needs.DEFAULT)) {
            assertThatThrownBy(() -> cluster.requirePossible(new ClusterDisruption.CniAgentKilled("node-1")))
                .isInstanceOf(UnsupportedException.class).hasMessageContaining("has no CNI agent");
            cluster.requirePossible(new ClusterDisruption.ApiAway(BRIEF));
        }
    }
}
