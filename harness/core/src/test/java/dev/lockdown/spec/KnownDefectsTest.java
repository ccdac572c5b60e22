package dev.lockdown.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.EmbeddedBackend;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.journal.Entry;
import dev.lockdown.state.PluginVersion;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.FoundDefect;
import dev.lockdown.verdict.KnownDefect;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The seeded defects that play a network plugin's share no code with what the search for known defects plays on the oracle.
@NamespacesAvailable
@DisplayName("A data plane that plays the known defect of a network plugin")
class KnownDefectsTest {
    private static final String FEATURES = Path.of("..", "..", "features").toString();

    @ParameterizedTest
    @CsvSource(textBlock = """
        named-ports-mix-pods-that-share-a-port, KUBE_ROUTER_SHARED_CONTAINER_PORT
        named-egress-port-by-the-policys-namespace, KUBE_ROUTER_NAMED_EGRESS_PORT
        rules-admit-both-ways, KUBE_ROUTER_RULES_BOTH_WAYS
        """)
    void is_told_by_every_flow_that_is_red(String seeded, KnownDefect known) {
        assertThat(differing(seeded)).isNotEmpty()
            .allSatisfy(c -> assertThat(c.defect()).as(c.question().probe().toString())
                .isEqualTo(new FoundDefect(known, new PluginVersion(2, 6, 3))));
    }

    private static List<Cell> differing(String seeded) {
        var journal = Collections.synchronizedList(new ArrayList<Entry>());
        var specification = Specification.select(List.of(FEATURES, "@catches:" + seeded), 1, List.of());
        try (var backend = EmbeddedBackend.defective(InstantSource.system(), List.of(seeded))) {
            assertThat(specification.run(new Session(backend, journal::add, InstantSource.system(), () -> false), 1))
                .contains(Ending.FAILED);
        }
        return journal.stream().filter(Entry.Judged.class::isInstance)
            .flatMap(e -> ((Entry.Judged) e).judgement().differing().stream()).toList();
    }
}
