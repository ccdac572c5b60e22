package dev.lockdown.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.EmbeddedBackend;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.journal.Entry;
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

/// The feature itself, on data planes that break what it is about.
@NamespacesAvailable
@DisplayName("The feature about replies while policies come and go turns red")
class BrokenRepliesTest {
    private static final Path FEATURE = Path.of("..", "..", "features", "chaos", "replies.feature");
    private static final String AMID = "    When policy \"around\" is deleted from \"shop\"\n";

    @TempDir
    private Path folder;

    private final List<Entry> journal = Collections.synchronizedList(new ArrayList<>());

    private List<Ending> run(Path feature, EmbeddedBackend backend) {
        return Specification.select(List.of(feature.toString(), "@established:survives"), 1, List.of())
            .run(new Session(backend, journal::add, InstantSource.system(), () -> false), 1);
    }

    private String problems() {
        return journal.stream().filter(Entry.StepFinished.class::isInstance).map(e -> ((Entry.StepFinished) e).problem())
            .filter(Objects::nonNull).toList().toString();
    }

    @Test
    void where_anything_from_a_low_port_passes_for_a_reply() {
        try (var backend = EmbeddedBackend.defective(InstantSource.system(), List.of("replies-without-state"))) {
            assertThat(run(FEATURE, backend)).as(problems()).containsExactly(Ending.FAILED);
            assertThat(failedSteps()).allMatch(text -> text.equals("\"shop/api\" cannot send \"shop/web\" an unasked datagram"))
                .isNotEmpty();
        }
    }

    /// The hole is shut again before any step asks: whoever looks between the changes sees nothing of it.
    @Test
    void where_all_is_open_for_a_moment_amid_the_changes() throws IOException {
        var text = Files.readString(FEATURE);
        assertThat(text).contains(AMID);
        var broken = Files.writeString(folder.resolve("replies.feature"),
            text.replaceFirst(AMID, "    When enforcement forgets its rules for 100 ms\n" + AMID));
        try (var backend = EmbeddedBackend.sound(InstantSource.system())) {
            assertThat(run(broken, backend)).as(problems()).containsExactly(Ending.FAILED);
            assertThat(failedSteps()).contains("\"shop/api\" to \"shop/web\" on TCP/8080 was never open",
                "\"shop/api\" to \"shop/web\" on UDP/5353 was never open").noneMatch(t -> t.contains("loses no beat"));
        }
    }

    private List<String> failedSteps() {
        return journal.stream().filter(Entry.StepFinished.class::isInstance).map(Entry.StepFinished.class::cast)
            .filter(s -> s.status() == Entry.Status.FAILED).map(Entry.StepFinished::text).toList();
    }
}
