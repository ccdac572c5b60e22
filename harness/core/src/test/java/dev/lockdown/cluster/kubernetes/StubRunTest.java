package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.flow.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NamespacesAvailable
@DisplayName("A cluster behind an API")
class StubRunTest {
    @TempDir
    Path folder;

    @Test
    void opens_and_shuts_by_policy_and_is_left_as_it_was() {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            try (var backend = ShopFixture.join(stub, folder); var cluster = backend.start(Needs.DEFAULT)) {
                cluster.apply(ShopFixture.CAST);
                assertThat(cluster.observe(List.of(ShopFixture.FLOW), Dialling.DEFAULT).getFirst().outcome())
                    .isInstanceOf(Outcome.Connected.class);
                cluster.apply(List.of(ShopFixture.DENY));
                assertThat(cluster.observe(List.of(ShopFixture.FLOW), new Dialling(Duration.ofMillis(300), 0)).getFirst().outcome())
                    .isInstanceOf(Outcome.TimedOut.class);
            }
            assertThat(stub.leftovers()).isEmpty();
        }
    }
}
