package dev.lockdown.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.manifest.Manifests;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Pod;
import dev.lockdown.table.Later;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("An episode")
class EpisodeTest {

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @Test
    void is_the_same_for_the_same_seed() {
        assertThat(Episode.of(4711)).isEqualTo(Episode.of(4711)).isNotEqualTo(Episode.of(4712));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void is_what_its_manifests_say_state_by_state(long seed) {
        var episode = Episode.of(seed);
        var read = Episode.empty().after(hosts(episode));
        for (int i = 0; i < episode.steps().size(); i++) {
            var upTo = episode.upTo(i);
            read = read.after(Later.changes(Manifests.read("step-" + i, new EpisodeYaml(upTo).text(), "default"), read));
            assertThat(withoutPortsOfPolicies(read, upTo.last())).isEqualTo(upTo.last());
        }
    }

    /// Ports that policies name and no container declares are listened on when they are read, and are no ports of the episode's pods.
    private static ClusterState withoutPortsOfPolicies(ClusterState read, ClusterState episode) {
        var pods = new TreeMap<>(read.pods());
        pods.replaceAll((name, pod) -> {
            var own = episode.pods().get(name);
            var ports = own == null ? pod.ports() : pod.ports().stream().filter(own.ports()::contains).toList();
            return new Pod(name, pod.labels(), ports, pod.node(), pod.hostNetwork());
        });
        return new ClusterState(read.nodes(), read.namespaces(), pods, read.services(), read.policies(), read.hosts());
    }

    @Test
    void has_every_kind_of_change_somewhere() {
        var kinds = LongStream.range(0, 200).mapToObj(Episode::of).flatMap(e -> e.steps().stream()).flatMap(List::stream)
            .map(Object::getClass).distinct().toList();
        assertThat(kinds).contains(Change.ApplyNamespace.class, Change.StartPod.class, Change.StopPod.class, Change.ApplyService.class,
            Change.DeleteService.class, Change.ApplyPolicy.class, Change.DeletePolicy.class, Change.RelabelPod.class,
            Change.RelabelNamespace.class, Change.AddHost.class);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void fits_even_when_any_of_its_changes_is_left_out(long seed) {
        var episode = Episode.of(seed);
        var first = episode.steps().getFirst();
        for (int i = 0; i < first.size(); i++) {
            var fewer = new java.util.ArrayList<>(episode.steps());
            fewer.set(0, without(first, i));
            assertThat(episode.with(fewer).fitting().last()).isInstanceOf(ClusterState.class);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void has_changes_that_get_smaller_and_come_to_an_end(long seed) {
        for (var change : Episode.of(seed).steps().stream().flatMap(List::stream).toList())
            assertThat(Reduction.of(change)).allSatisfy(c -> assertThat(c.toString().length()).isLessThan(change.toString().length()));
    }

    private static List<Change> hosts(Episode episode) {
        return episode.steps().getFirst().stream().filter(Change.AddHost.class::isInstance).toList();
    }

    private static List<Change> without(List<Change> changes, int index) {
        var fewer = new java.util.ArrayList<>(changes);
        fewer.remove(index);
        return fewer;
    }
}
