package dev.lockdown.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.flow.Protocol;
import dev.lockdown.probe.Sockets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Played where the kernel has SCTP, and skipped with a reason where it has none.
@NamespacesAvailable
@DisplayName("A scenario about SCTP")
class SctpScenarioTest {
    private static final boolean CARRIED = Sockets.ofThisProcess().lacking(Protocol.SCTP).isEmpty();
    private static final String LACKING =
        "this machine's kernel has no SCTP; `modprobe sctp` loads it where the distribution has the module";

    @TempDir
    private Path folder;

    @Test
    void of_the_conformance_features_passes_or_is_skipped_with_its_reason() throws IOException {
        var play = Play.of(folder, Files.readString(Path.of("..", "..", "features", "conformance", "sctp.feature")));
        assertThat(play.endings).as("%s", play.problem()).hasSize(3).containsOnly(CARRIED ? Ending.PASSED : Ending.SKIPPED);
        assertThat(play.problem()).isEqualTo(CARRIED ? "" : LACKING);
    }

    @Test
    void that_no_tag_marks_is_skipped_as_well_when_it_speaks_of_a_port() throws IOException {
        var play = Play.of(folder, """
            Feature: SCTP
              Scenario: Untagged
                Given the pods
                  | pod      | labels  | serves           |
                  | shop/web | app=web | SCTP/9, TCP/8080 |
                  | shop/api | app=api | TCP/8080         |
                Then "shop/api" can reach "shop/web" on SCTP/9
            """);
        assertThat(play.endings).as("%s", play.problem()).containsExactly(CARRIED ? Ending.PASSED : Ending.SKIPPED);
        assertThat(play.problem()).isEqualTo(CARRIED ? "" : "SCTP/9 cannot be probed here: " + LACKING);
    }
}
