package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Birth;
import dev.lockdown.flow.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("An agent of the next version")
class VersionsTest {
    @TempDir
    Path folder;

    @Test
    void works_as_long_as_it_speaks_this_one() {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            stub.faults().births(_ -> Birth.NEWER);
            try (var backend = ShopFixture.join(stub, folder); var cluster = backend.start(Needs.DEFAULT)) {
                cluster.apply(ShopFixture.CAST);
                assertThat(cluster.observe(List.of(ShopFixture.FLOW), Dialling.DEFAULT).getFirst().outcome())
                    .isInstanceOf(Outcome.Connected.class);
            }
        }
    }

    @Test
    void is_told_apart_when_it_does_not() {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            stub.faults().births(_ -> Birth.TOO_NEW);
            try (var backend = ShopFixture.join(stub, folder); var cluster = backend.start(Needs.DEFAULT)) {
                assertThatThrownBy(() -> cluster.apply(ShopFixture.CAST)).isInstanceOf(ClusterException.class)
                    .hasMessageMatching("the agent of (lockdown-nodes/on-node-.|shop/...) speaks version 2 and this harness version 1");
            }
            assertThat(stub.leftovers()).isEmpty();
        }
    }
}
