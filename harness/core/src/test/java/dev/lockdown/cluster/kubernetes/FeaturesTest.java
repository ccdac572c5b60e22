package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Port;
import dev.lockdown.journal.Entry;
import dev.lockdown.spec.Ending;
import dev.lockdown.spec.Session;
import dev.lockdown.spec.Specification;
import dev.lockdown.state.ExternalHost;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The features of the repository, through everything that a real cluster has: kubeconfig, rights, attached agents that are processes.
@NamespacesAvailable
@DisplayName("On a cluster behind an API, the features")
class FeaturesTest {
    private static final String FEATURES = Path.of("..", "..", "features").toString();

    @TempDir
    Path folder;

    private final List<Entry> journal = Collections.synchronizedList(new ArrayList<>());

    private List<Ending> run(StubApi stub, String... scenarios) {
        stub.addHost(new ExternalHost("partner.example", List.of(Port.parse("TCP/443")), List.of()));
        try (var backend = Rig.join(stub, Rig.settings(folder), Rig.LONG)) {
            return Specification.select(java.util.Arrays.stream(scenarios).map(s -> FEATURES + "/" + s).toList(), 1, List.of())
                .run(new Session(backend, journal::add, InstantSource.system(), () -> false), 1);
        }
    }

    private String problems() {
        return journal.stream().filter(e -> e instanceof Entry.StepFinished s && s.problem() != null).map(Object::toString).toList()
            .toString();
    }

    @Test
    void are_green_where_policies_are_enforced_and_leave_nothing() {
        try (var stub = StubApi.ofProcesses(folder, Rig.RIGHTS, List.of(), Family.IPV4)) {
            var endings = run(stub, "aftermath.feature:19", "aftermath.feature:42", "both-sides.feature:31");
            assertThat(endings).as(problems()).hasSize(3).containsOnly(Ending.PASSED);
            assertThat(stub.leftovers()).isEmpty();
        }
    }

    @Test
    void are_red_where_they_are_not() {
        try (var stub = StubApi.defective(folder, Rig.RIGHTS, "own-address-denied")) {
            assertThat(run(stub, "default-deny.feature:54")).containsOnly(Ending.FAILED);
            assertThat(stub.leftovers()).isEmpty();
        }
    }

    @Test
    void decide_nothing_where_the_canary_does_not_turn() {
        try (var stub = StubApi.defective(folder, Rig.RIGHTS, "ignores-egress")) {
            assertThat(run(stub, "default-deny.feature:54")).containsOnly(Ending.INCONCLUSIVE);
            assertThat(problems()).contains("policies are not enforced");
            assertThat(stub.leftovers()).isEmpty();
        }
    }
}
