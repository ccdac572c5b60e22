package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Types what README.md shows behind `$`, from its top to its end in one folder ([ShownSessions]).
@NamespacesAvailable
@DisplayName("The README's sessions")
class ReadmeSessionsTest {
    private static final List<String> FEATURES = List.of("dns.feature", "shop.feature");

    @TempDir
    private Path folder;

    @Test
    void print_what_is_shown() throws Exception {
        var readme = MarkdownPage.read(Path.of("..", "..", "README.md"));
        var typed = new ShownSessions(folder);
        var copied = readme.blocks("gherkin");
        assertThat(copied).hasSameSizeAs(FEATURES);
        for (int i = 0; i < copied.size(); i++) Files.writeString(folder.resolve(FEATURES.get(i)), copied.get(i).text());
        var sessions = ShownSessions.in(readme.text());
        assertThat(sessions).hasSizeGreaterThan(5);
        for (var session : sessions) typed.play(session);
    }
}
