package dev.lockdown.cli;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lockdown.nightly.Deviations;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.verdict.KnownDefect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;

@DisplayName("The reference")
class ReferencePagesTest {
    private static final Path REFERENCE = Path.of("..", "..", "docs", "reference");
    private static final Path REAL = Path.of("..", "..", "docs", "explanation", "real-cnis.md");
    private static final Path SCHEMAS = Path.of("src", "main", "resources", "dev", "lockdown", "schema");

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"commands.md", "vocabulary.md"})
    void is_what_the_commands_and_the_steps_are_now(String page) throws IOException {
        assertThat(new Typist(home).types("dev", "reference")).isEqualTo(ExitStatus.OK);
        assertThat(REFERENCE.resolve(page)).as("write it anew: ./lockdown dev reference")
            .hasSameTextualContentAs(home.resolve("docs/reference").resolve(page));
    }

    @Test
    void has_every_command_and_option_that_help_shows() throws IOException {
        var page = Files.readString(REFERENCE.resolve("commands.md"));
        var root = new CommandTree(new Typist(home).context(), Map.of()).whole().getCommandSpec();
        root.subcommands().values().forEach(line -> {
            var command = line.getCommandSpec();
            var section = page.split("(?m)^## " + command.name() + "$", -1);
            assertThat(section).as(command.name()).hasSize(2);
            var own = section[1].split("(?m)^## ", -1)[0];
            command.options().stream().filter(o -> !o.hidden() && !o.usageHelp())
                .forEach(o -> assertThat(own).as(command.name()).contains("`" + o.longestName()));
        });
    }

    /// A comment stands behind two spaces, or is taken for names of features.
    @Test
    void has_examples_that_can_be_typed() {
        var tree = new CommandTree(new Typist(home).context(), Map.of());
        var examples = all(tree.whole().getCommandSpec()).flatMap(c -> Stream.of(c.usageMessage().footer()))
            .filter(l -> l.startsWith("  ")).map(l -> l.strip().split(" {2,}", -1)[0]).flatMap(l -> ShellWords.commands(l).stream())
            .filter(words -> words.getFirst().equals("./lockdown")).filter(words -> !words.contains("COMMAND")).toList();
        assertThat(examples).hasSizeGreaterThan(20).allSatisfy(words -> assertThatCode(
            () -> tree.whole().parseArgs(words.stream().skip(1).toArray(String[]::new))).as("%s", words).doesNotThrowAnyException());
    }

    private static Stream<CommandSpec> all(CommandSpec command) {
        return Stream.concat(Stream.of(command), command.subcommands().values().stream().flatMap(l -> all(l.getCommandSpec())));
    }

    @Test
    void has_a_section_for_every_schema() throws IOException {
        var formats = Files.readString(REFERENCE.resolve("formats.md"));
        try (Stream<Path> schemas = Files.list(SCHEMAS)) {
            assertThat(schemas.map(s -> "`schema/" + s.getFileName() + "`")).hasSizeGreaterThan(10).allSatisfy(s -> assertThat(formats)
                .contains(s));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tells_every_known_defect_of_a_network_plugin(KnownDefect defect) throws IOException {
        var versions = switch (defect.versions()) {
            case KnownDefect.Versions.Measured(var since, var upTo) -> "%s to %s, the last that was looked at".formatted(since, upTo);
            case KnownDefect.Versions.Fixed(var since, var in) -> "%s, mended in %s".formatted(since, in);
        };
        assertThat(Files.readString(REAL)).containsIgnoringCase("| %s | %s | %s |".formatted(defect.plugin(), versions, defect.sentence()));
    }

    @Test
    void tells_every_known_deviation_of_a_network_plugin() throws IOException {
        var known = Deviations.read("deviations.yaml", Files.readString(Path.of("..", "..", "fixtures", "deviations.yaml"))).all();
        var alike = known.stream().collect(groupingBy(d -> "| %s | %s | %s%s | ".formatted(d.cni(),
            d.versions() == null ? "all" : "`%s`".formatted(d.versions()), d.reason(), d.sometimes() ? ", at times" : "")));
        var real = Files.readString(REAL);
        alike.forEach((row, deviations) -> {
            var line = real.lines().filter(l -> l.startsWith(row + deviations.size() + ", in ")).findFirst();
            assertThat(line).as(row + deviations.size()).isPresent();
            assertThat(deviations).allSatisfy(d -> assertThat(line.orElseThrow()).contains("`" + d.feature() + "`"));
        });
        assertThat(real.lines().filter(l -> l.contains(", in `features/")).filter(l -> l.startsWith("| "))).hasSameSizeAs(alike.keySet());
    }

    @ParameterizedTest
    @EnumSource
    void has_every_exit_status(ExitStatus status) throws IOException {
        assertThat(Files.readString(REFERENCE.resolve("exit-statuses.md")))
            .contains("| %s | %s".formatted(status.code(), status.meaning()));
    }
}
