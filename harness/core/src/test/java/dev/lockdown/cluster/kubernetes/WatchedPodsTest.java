package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Fate;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Change;
import dev.lockdown.state.Namespace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("Pods that start and go")
class WatchedPodsTest {
    private static final List<Change> MORE = List.of(new Change.ApplyNamespace(new Namespace("shop", Map.of())),
        new Change.StartPod(ShopFixture.pod("web", "node-2")), new Change.StartPod(ShopFixture.pod("api", "node-1")),
        new Change.StartPod(ShopFixture.pod("more", "node-1")), new Change.StartPod(ShopFixture.pod("most", "node-2")));

    @TempDir
    Path folder;

    /// Whoever does not watch looks once in so long.
    private static final Deadlines SELDOM = new Deadlines(Duration.ofSeconds(6), Duration.ofSeconds(10), Duration.ofSeconds(30),
        Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(5),
        Duration.ofSeconds(2), Duration.ofSeconds(3));

    /// @return how many seconds it took to have two pods start and one go
    private double seconds(StubApi stub) {
        try (var backend = ShopFixture.join(stub, ShopFixture.settings(folder), SELDOM)) {
            try (var first = backend.start(Needs.DEFAULT)) {
                first.apply(ShopFixture.CAST);
            }
            try (var second = backend.start(Needs.DEFAULT)) {
                long began = System.nanoTime();
                second.apply(MORE);
                second.apply(List.of(new Change.StopPod(new NamespacedName("shop", "more"))));
                assertThat(stub.network().state().pods()).doesNotContainKey(new NamespacedName("shop", "more"))
                    .containsKey(new NamespacedName("shop", "most"));
                return (System.nanoTime() - began) / 1e9;
            }
        }
    }

    private static long watches(StubApi stub) {
        return stub.calls().stream().filter(c -> c.right().equals("watch pods")).count();
    }

    private static Set<String> withoutWatch() {
        var rights = new HashSet<>(ShopFixture.RIGHTS);
        rights.remove("watch pods");
        return rights;
    }

    @Test
    void are_told_by_one_watch_so_that_nobody_waits_for_the_next_look() {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            assertThat(seconds(stub)).isLessThan(6);
            assertThat(watches(stub)).isPositive();
            assertThat(stub.leftovers()).isEmpty();
        }
    }

    @Test
    void are_listed_now_and_then_where_the_user_may_not_watch() {
        try (var stub = StubApi.start(folder, withoutWatch())) {
            assertThat(seconds(stub)).isGreaterThan(6);
            assertThat(watches(stub)).isLessThan(5);
            assertThat(stub.leftovers()).isEmpty();
        }
    }

    @Test
    void are_listed_now_and_then_while_the_watch_is_broken() {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            stub.faults().calls(c -> c.right().equals("watch pods") ? new Fate.Reset() : new Fate.Answered());
            assertThat(seconds(stub)).isGreaterThan(6);
            assertThat(stub.leftovers()).isEmpty();
        }
    }
}
