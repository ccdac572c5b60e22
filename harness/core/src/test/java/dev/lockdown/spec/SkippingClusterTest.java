package dev.lockdown.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.disruption.ClusterDisruption;
import dev.lockdown.flow.Endpoint;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class SkippingClusterTest {
    private static final String REASON = "this cluster has one node";

    @Test
    void whatTheBackendDoesNotSupportSkipsTheScenarioWithItsReason() {
        assertThatThrownBy(() -> SkippingCluster.start(backend(null), Needs.DEFAULT)).isInstanceOf(TestAbortedException.class)
            .hasMessage(REASON).hasCauseInstanceOf(UnsupportedException.class);
    }

    @Test
    void whatTheClusterDoesNotSupportSkipsTheScenarioWithItsReason() {
        var cluster = SkippingCluster.start(backend(refusing()), Needs.DEFAULT);
        for (var call : List.<Runnable>of(() -> cluster.apply(List.of()), () -> cluster.observe(List.of(), Dialling.DEFAULT),
            () -> cluster.requirePossible(new ClusterDisruption.NodeRestarted("node-1")),
            () -> cluster.begin(new ClusterDisruption.NodeRestarted("node-1")), () -> cluster.readToken(Endpoint.Pod.of("shop", "web"))))
            assertThatThrownBy(call::run).isInstanceOf(TestAbortedException.class).hasMessage(REASON);
    }

    @Test
    void everyMethodReachesTheClusterItself() {
        var own = Arrays.stream(SkippingCluster.class.getDeclaredMethods()).map(m -> m.getName()).toList();
        assertThat(Arrays.stream(Cluster.class.getMethods()).filter(m -> !Modifier.isStatic(m.getModifiers())).map(m -> m.getName()))
            .allSatisfy(name -> assertThat(own).contains(name));
    }

    private static Cluster refusing() {
        return (Cluster) Proxy.newProxyInstance(Cluster.class.getClassLoader(), new Class<?>[] {Cluster.class}, (_, _, _) -> {
            throw new UnsupportedException(REASON);
        });
    }

    private static Backend backend(@Nullable Cluster cluster) {
        return new Backend() {
            @Override
            public Cluster start(Needs needs) {
                if (cluster == null) throw new UnsupportedException(REASON);
                return cluster;
            }

            @Override
            public boolean isolatesScenarios() {
                return false;
            }

            @Override
            public void close() {}
        };
    }
}
