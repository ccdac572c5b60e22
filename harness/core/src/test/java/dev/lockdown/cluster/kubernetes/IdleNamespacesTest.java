package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.WaitListener;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Change;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("Namespaces that no scenario uses any more")
class IdleNamespacesTest {
    private static final List<String> IDLE = List.of("idle-1", "idle-2", "idle-3");
    private static final int PODS = 21;

    @TempDir
    private Path folder;

    private static List<Change> cast(String namespace, int pods) {
        var cast = new ArrayList<Change>();
        cast.add(new Change.ApplyNamespace(new Namespace(namespace, Map.of())));
        for (int i = 0; i < pods; i++)
            cast.add(new Change.StartPod(new Pod(new NamespacedName(namespace, "p" + i), Map.of(),
                List.of(ContainerPort.unnamed(ShopFixture.PORT)), "node-1", false)));
        return cast;
    }

    private static void play(KubernetesBackend backend, List<Change> cast) {
        try (var cluster = backend.start(Needs.DEFAULT)) {
            cluster.apply(cast);
        }
    }

    private static final class Told implements WaitListener {
        final List<String> told = Collections.synchronizedList(new ArrayList<>());
        final StubApi stub;

        Told(StubApi stub) {
            this.stub = stub;
        }

        @Override
        public void waiting(String what, Duration lasted) {
            told.add(what);
            if (what.contains("idle-2")) stub.finishNamespaces();
        }

        @Override
        public void over(String what, Duration lasted, boolean met) {
            told.add((met ? "met: " : "in vain: ") + what);
        }
    }

    @Test
    void go_meanwhile_and_are_waited_for_where_their_name_is_used_again() {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            try (var backend = ShopFixture.join(stub, ShopFixture.settings(folder), ShopFixture.LONG)) {
                var told = new Told(stub);
                backend.hear(told);
                var many = new ArrayList<Change>();
                IDLE.forEach(namespace -> many.addAll(cast(namespace, PODS)));
                play(backend, many);
                stub.faults().stuckNamespaces(IDLE.toArray(String[]::new));
                told.told.clear();
                play(backend, cast("idle-1", PODS));
                assertThat(deleted(stub)).as("nothing is needed that is not there").isEmpty();
                play(backend, cast("fresh", 1));
                assertThat(deleted(stub)).containsExactlyInAnyOrderElementsOf(IDLE);
                assertThat(told.told).filteredOn(w -> w.contains("namespace")).isEmpty();
                stub.faults().stuckNamespaces();
                play(backend, cast("idle-2", 1));
                var wait = "the namespace idle-2 to be gone: "
                    + "Some content in the namespace has finalizers remaining: example.org/hold in 1 resource instances";
                assertThat(told.told).contains(wait, "met: " + wait);
            }
            assertThat(stub.leftovers()).isEmpty();
        }
    }

    @Test
    void have_no_labels_by_which_another_scenario_could_mean_them() {
        var labelled = new Change.ApplyNamespace(new Namespace("idle-1", Map.of("team", "a")));
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS);
                var backend = ShopFixture.join(stub, ShopFixture.settings(folder), ShopFixture.LONG)) {
            play(backend, List.of(labelled));
            assertThat(labels(stub)).containsEntry("team", "a");
            play(backend, cast("fresh", 0));
            assertThat(labels(stub)).containsOnlyKeys(Namespace.NAME_LABEL, "lockdown.dev/run");
            play(backend, List.of(labelled));
            assertThat(labels(stub)).containsEntry("team", "a");
        }
    }

    private static Map<String, String> labels(StubApi stub) {
        return Objects.requireNonNull(stub.network().state().namespaces().get("idle-1")).labels();
    }

    private static List<String> deleted(StubApi stub) {
        return stub.calls().stream().filter(c -> c.right().equals("delete namespaces")).map(c -> c.name()).toList();
    }
}
