package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.flow.Protocol;
import dev.lockdown.journal.Entry;
import dev.lockdown.spec.Ending;
import dev.lockdown.spec.Session;
import dev.lockdown.spec.Specification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the kernel has no SCTP, it goes by TCP's number, and rules that name no protocol judge it.
@NamespacesAvailable
@DisplayName("On a cluster behind an API, a scenario about SCTP")
class SctpRunTest {
    /// An unassigned number, of which no kernel has sockets.
    private static final int UNKNOWN = 200;
    private static final String LACKING =
        "the kernels of node-1 and node-2 have no SCTP; `modprobe sctp` there loads it where the distribution has the module";
    private static final String CAST = """
        Feature: SCTP
          %s
          Scenario: carried
            Given the pods
              | pod      | labels  | serves           | node   |
              | shop/web | app=web | TCP/8080         | node-2 |
              | shop/api | app=api | TCP/8080, SCTP/9 | node-1 |
        """;
    private static final String DENIED = """
            When "shop" denies all ingress
            Then every pod of "shop" can no longer reach "shop/api" on SCTP/9
            And every flow is as the policies say
        """;

    @TempDir
    private Path folder;

    private final List<Entry> journal = Collections.synchronizedList(new ArrayList<>());

    private List<Ending> run(int protocol, String... scenarios) throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            stub.network().carrySctpBy(protocol);
            var files = new ArrayList<String>();
            for (var scenario : scenarios)
                files.add(Files.writeString(folder.resolve("sctp-%s.feature".formatted(files.size())), scenario).toString());
            try (var backend = ShopFixture.join(stub, ShopFixture.settings(folder), ShopFixture.SHORT)) {
                return Specification.select(files, 1, List.of()).run(
                    new Session(backend, journal::add, InstantSource.system(), () -> false),
                    1);
            }
        }
    }

    private List<String> problems() {
        return journal.stream().filter(Entry.StepFinished.class::isInstance).map(e -> ((Entry.StepFinished) e).problem())
            .filter(Objects::nonNull).map(p -> p.lines().findFirst().orElse("")).distinct().toList();
    }

    @Test
    void is_played_where_the_kernels_carry_it() throws IOException {
        assertThat(run(Protocol.TCP.number(), CAST.formatted("@needs:sctp") + DENIED, CAST.formatted("") + DENIED)).as("%s", problems())
            .containsExactly(Ending.PASSED, Ending.PASSED);
        assertThat(judged("SCTP/9")).isPositive();
    }

    private long judged(String port) {
        return journal.stream().filter(Entry.Judged.class::isInstance).map(Object::toString).filter(j -> j.contains(port)).count();
    }

    @Test
    void is_skipped_where_a_kernel_lacks_it_and_names_the_nodes() throws IOException {
        assertThat(run(UNKNOWN, CAST.formatted("@needs:sctp") + DENIED)).containsExactly(Ending.SKIPPED);
        assertThat(problems()).containsExactly(LACKING);
    }

    @Test
    void is_skipped_where_a_kernel_lacks_it_though_no_tag_says_that_it_is_needed() throws IOException {
        assertThat(run(UNKNOWN, CAST.formatted("") + DENIED)).containsExactly(Ending.SKIPPED);
        assertThat(problems()).containsExactly("SCTP/9 cannot be probed here: " + LACKING);
    }

    @Test
    void is_played_without_it_where_only_its_pods_serve_it() throws IOException {
        assertThat(run(UNKNOWN, CAST.formatted("") + """
                When "shop" denies all ingress
                Then "shop/web" can no longer reach "shop/api" on TCP/8080
                And every flow is as the policies say
            """)).as("%s", problems()).containsExactly(Ending.PASSED);
        assertThat(judged("SCTP/9")).isZero();
    }
}
