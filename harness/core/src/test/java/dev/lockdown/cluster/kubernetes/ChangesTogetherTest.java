package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.Call;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.state.Change;
import dev.lockdown.state.Namespace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("Changes that are made together")
class ChangesTogetherTest {
    @TempDir
    Path folder;

    /// A pod counts as started when its agent has answered, which asks for its stream.
    @Test
    void send_a_policy_before_the_pod_of_the_same_change_runs() {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS);
                var backend = ShopFixture.join(stub, folder);
                var cluster = backend.start(Needs.DEFAULT)) {
            cluster.apply(List.of(new Change.ApplyNamespace(new Namespace("shop", Map.of()))));
            int before = stub.calls().size();
            cluster.apply(List.of(new Change.StartPod(ShopFixture.pod("web", "node-1")), ShopFixture.DENY));
            var rights = stub.calls().stream().skip(before).map(Call::right).toList();
            assertThat(rights).contains("create pods", "patch networkpolicies", "get pods/attach");
            assertThat(rights.indexOf("patch networkpolicies")).isLessThan(rights.indexOf("get pods/attach"));
            assertThat(cluster.state().policies()).hasSize(1);
            assertThat(cluster.state().pods()).containsKey(ShopFixture.pod("web", "").name());
        }
    }
}
