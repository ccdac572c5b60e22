package dev.lockdown.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.manifest.yaml.Documents;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.yaml.Source;
import dev.lockdown.nightly.Deviations;
import dev.lockdown.nightly.Matrix;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// The pages in docs/. What they show behind `$` is typed. Commands in blocks marked `sh` need something that is not here, which the
/// block's first line says (`# needs Docker`); they are parsed. A block whose line before ends with a file's name (`shop.feature`:) is
/// that file.
@DisplayName("The documentation")
class DocsTest {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path DOCS = ROOT.resolve("docs");
    private static final Set<String> OTHERS =
        Set.of("cat", "ctr", "curl", "docker", "git", "kubectl", "mmdebstrap", "sha256sum", "tar", "fixtures/ci/prove-k3s.sh");
    /// What is shipped: a page leads to nothing else, since it is shipped, too.
    private static final List<String> SHIPPED = List.of("docs/", "features/", "fixtures/", "schema/", "README.md", "ARCHITECTURE.md",
        "CHANGELOG.md", "SECURITY.md", "LICENSE");

    @TempDir
    private Path folder;

    static List<MarkdownPage> pages() throws IOException {
        return MarkdownPage.below(DOCS);
    }

    static Stream<MarkdownPage> pagesAndThoseAbove() throws IOException {
        try (var above = Files.list(ROOT)) {
            var all = new ArrayList<>(pages());
            for (var file : above.filter(f -> f.toString().endsWith(".md")).toList()) all.add(MarkdownPage.read(file));
            return all.stream();
        }
    }

    static Stream<MarkdownPage> pagesWithSessions() throws IOException {
        return pages().stream().filter(p -> !ShownSessions.in(p.text()).isEmpty());
    }

    private interface Deed {
        void run() throws IOException, InterruptedException;
    }

    @NamespacesAvailable
    @ParameterizedTest(name = "{0}")
    @MethodSource("pagesWithSessions")
    void prints_what_it_shows(MarkdownPage page) throws Exception {
        var typed = new ShownSessions(folder);
        var deeds = new TreeMap<Integer, Deed>();
        for (var block : page.blocks()) if (!block.name().isEmpty()) deeds.put(block.line(), () -> typed.write(block));
        for (var session : ShownSessions.in(page.text())) deeds.put(session.line(), () -> typed.play(session));
        for (var deed : deeds.values()) deed.run();
    }

    /// What a file is when a block is read.
    private static String whole(MarkdownPage.Block block, Map<String, String> files) {
        return files.merge(block.name(), block.text(), (old, text) -> block.appends() ? old + "\n" + text : text);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void has_commands_whose_words_there_are(MarkdownPage page) {
        for (var block : page.blocks("sh")) {
            assertThat(block.text()).as("%s:%s: what it needs", page, block.line()).matches("(?s)# needs [^\\n]+\\n.*");
            for (var line : block.text().replace("\\\n", " ").lines().toList())
                for (var part : ShellWords.commands(line)) parse(part, "%s:%s: %s".formatted(page, block.line(), line), true);
        }
        for (var block : page.blocks("yaml"))
            for (var line : block.text().lines().filter(l -> l.matches("\\s*-? *run: .*lockdown .*")).toList())
                for (var part : ShellWords.commands(line.replaceFirst("^\\s*-? *run: ", "")))
                    parse(part, "%s:%s: %s".formatted(page, block.line(), line), true);
        for (var code : page.code())
            if (code.startsWith("./lockdown ")) parse(ShellWords.commands(code).getFirst(), "%s: %s".formatted(page, code), false);
    }

    /// Only blocks that say what they need and sessions have commands; the page that is made of the help is checked with the help.
    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void has_commands_where_a_test_finds_them(MarkdownPage page) {
        if (page.file().endsWith("commands.md")) return;
        var shown = ShownSessions.in(page.text()).stream().flatMap(s -> s.shown().stream()).map(String::strip).toList();
        var elsewhere = page.withoutFences().lines().filter(l -> l.matches(" {4,}(\\./lockdown|kubectl|docker) .*")).map(String::strip);
        assertThat(elsewhere).as("%s", page).isSubsetOf(shown);
    }

    private void parse(List<String> words, String where, boolean whole) {
        if (!words.getFirst().endsWith("lockdown")) {
            assertThat(words.getFirst()).as(where).isIn(OTHERS);
            return;
        }
        try {
            new CommandTree(new Typist(folder).context(), Map.of()).whole().parseArgs(words.stream().skip(1).toArray(String[]::new));
        } catch (CommandLine.MissingParameterException e) {
            // A sentence may name a command without all that it takes.
            if (whole) fail(where + ": " + e.getMessage());
        } catch (ParameterException e) {
            fail(where + ": " + e.getMessage());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void has_blocks_that_can_be_read(MarkdownPage page) throws IOException {
        var home = new Typist(ROOT);
        // Beside features, as in the folder where somebody reads along.
        Files.createSymbolicLink(folder.resolve("fixtures"), ROOT.resolve("fixtures"));
        var files = new HashMap<String, String>();
        for (var block : page.blocks()) {
            var where = "%s:%s".formatted(page, block.line());
            switch (block.language()) {
                case "gherkin" -> {
                    var feature = Files.writeString(folder.resolve("a.feature"), whole(block, files));
                    assertThat(home.types("check", feature.toString())).as("%s\n%s", where, home.err() + home.out())
                        .isEqualTo(ExitStatus.OK);
                }
                case "yaml" -> read(block, where);
                case "json" -> new ObjectMapper().readTree(block.text());
                case "", "sh", "mermaid" -> {
                }
                default -> fail(where + ": nobody reads a block of " + block.language());
            }
        }
    }

    private void read(MarkdownPage.Block block, String where) {
        if (block.text().contains("\nmatrix:\n") || block.text().startsWith("matrix:\n"))
            assertThat(Matrix.read(Path.of(where), block.text(), "features").cells()).isNotEmpty();
        else
            if (block.text().startsWith("deviations:\n")) assertThat(Deviations.read(where, block.text()).all()).isNotEmpty();
            else assertThat(Documents.of(new Source(Position.startOf(where), block.text()))).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pagesAndThoseAbove")
    void has_links_that_lead_somewhere(MarkdownPage page) throws IOException {
        for (var link : page.links()) {
            if (link.matches("https?://.*")) continue;
            var parts = link.split("#", 2);
            var target = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]).normalize();
            assertThat(target).as("%s: %s", page, link).exists();
            if (page.file().startsWith(DOCS))
                assertThat(SHIPPED).as("%s: %s is not shipped", page, link).anyMatch(ROOT.relativize(target).toString()::startsWith);
            if (parts.length == 2) assertThat(MarkdownPage.read(target).anchors()).as("%s: %s", page, link).contains(parts[1]);
        }
    }

    @Test
    void lists_every_page() throws IOException {
        var listed = MarkdownPage.read(DOCS.resolve("README.md")).links();
        assertThat(pages().stream().map(p -> DOCS.relativize(p.file()).toString()).filter(p -> !p.equals("README.md")))
            .hasSizeGreaterThan(12).allMatch(listed::contains);
    }
}
