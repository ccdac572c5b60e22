package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The lease of a run on another machine, whose clock is an hour off.
@NamespacesAvailable
@DisplayName("A lease by another machine's clock")
class LeaseClocksTest {
    private static final DateTimeFormatter MICROS =
        DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    @TempDir
    Path folder;

    private static void renew(StubApi stub, Duration ahead) {
        stub.put("coordination.k8s.io/leases", "default", "lockdown", """
            {'apiVersion': 'coordination.k8s.io/v1', 'kind': 'Lease', 'metadata': {},
             'spec': {'holderIdentity': 'run-0', 'leaseDurationSeconds': 30, 'renewTime': '%s'}}"""
            .formatted(MICROS.format(Instant.now().plus(ahead))));
    }

    @ParameterizedTest
    @CsvSource({"-60, behind", "60, ahead of"})
    void is_held_as_long_as_it_is_renewed(int ahead, String words) {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS); var renewing = Executors.newSingleThreadScheduledExecutor()) {
            renewing.scheduleAtFixedRate(() -> renew(stub, Duration.ofMinutes(ahead)), 200, 200, TimeUnit.MILLISECONDS);
            renew(stub, Duration.ofMinutes(ahead));
            assertThatThrownBy(() -> ShopFixture.join(stub, folder)).isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("another run of Lockdown (run-0) is using this cluster")
                .hasMessageMatching(".* by the clock of its machine, which is (59|60) min %s this one's".formatted(words));
            renewing.shutdownNow();
        }
    }

    /// Nobody waits for an hour.
    @ParameterizedTest
    @ValueSource(ints = {-60, 60})
    void is_taken_over_when_nobody_renews_it(int ahead) {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            renew(stub, Duration.ofMinutes(ahead));
            try (var backend = ShopFixture.join(stub, folder)) {
                assertThat(backend.description()).contains("2 nodes");
            }
            assertThat(stub.leftovers()).isEmpty();
        }
    }
}
