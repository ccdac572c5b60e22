package dev.lockdown.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Types what README.md shows behind `$`, from its top to its end in one folder, and compares what is printed with what it shows. There
/// `…` stands for what is left out: at the end of a line for its rest, alone for any number of lines.
@NamespacesAvailable
@DisplayName("The README's sessions")
class ReadmeSessionsTest {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Pattern GHERKIN = Pattern.compile("(?ms)^( *)```gherkin\\n(.*?)^ *```$");
    private static final List<String> FEATURES = List.of("dns.feature", "shop.feature");
    /// What differs from one run to the next.
    private static final List<Pattern> PASSING = List.of(Pattern.compile("\\d+(\\.\\d+)? (ms|s)\\b"),
        Pattern.compile("\\b\\d{8}-\\d{6}\\b"),
        Pattern.compile("(?<=seed )\\d+"), Pattern.compile("(?<=held )\\d+(?= rounds)"), Pattern.compile("\\b10\\.42\\.\\d+\\.\\d+\\b"));

    /// Where a slow scenario's time went, which a fast machine does not print: a line, and its continuation.
    private static final Pattern SLOW = Pattern.compile("(?m)^ line \\d+, _: .*\\n(?: (?:[a-z]+ _|·).*\\n)*");

    @TempDir
    private Path folder;

    private record Session(String command, List<String> shown) {}

    @Test
    void print_what_is_shown() throws Exception {
        var readme = Files.readString(ROOT.resolve("README.md"));
        layOut(readme);
        var sessions = sessions(readme);
        assertThat(sessions).hasSizeGreaterThan(5);
        for (var session : sessions) {
            var printed = typed(session.command());
            assertThat(agree(session.shown(), printed)).as("$ %s\n%s", session.command(), String.join("\n", printed)).isTrue();
        }
    }

    /// The features to copy, our fixtures, and a launcher of what is tested.
    private void layOut(String readme) throws IOException {
        var blocks = GHERKIN.matcher(readme).results().map(b -> b.group(2).indent(-b.group(1).length())).toList();
        assertThat(blocks).hasSameSizeAs(FEATURES);
        for (int i = 0; i < blocks.size(); i++) Files.writeString(folder.resolve(FEATURES.get(i)), blocks.get(i));
        Files.createSymbolicLink(folder.resolve("fixtures"), ROOT.resolve("fixtures"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var launcher = Files.writeString(folder.resolve("lockdown"), """
            #!/bin/sh
            export LOCKDOWN_COMMAND=./lockdown COLUMNS=88
            exec "%s" -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp "%s" "-Dlockdown.home=%s" dev.lockdown.cli.Main "$@"
            """.formatted(java, System.getProperty("java.class.path"), folder.resolve("home")));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
    }

    private static List<Session> sessions(String readme) {
        var sessions = new ArrayList<Session>();
        Session open = null;
        int indent = 0;
        for (var line : readme.lines().toList()) {
            int column = line.length() - line.stripLeading().length();
            if (column >= 4 && line.stripLeading().startsWith("$ ")) {
                open = new Session(line.strip().substring(2), new ArrayList<>());
                indent = column;
                sessions.add(open);
            } else if (open != null && (line.isBlank() || column >= indent)) {
                open.shown().add(line.isBlank() ? "" : line.substring(indent));
            } else {
                open = null;
            }
        }
        for (var session : sessions)
            while (!session.shown().isEmpty() && session.shown().getLast().isEmpty()) session.shown().removeLast();
        return sessions;
    }

    private List<String> typed(String command) throws IOException, InterruptedException {
        var process = new ProcessBuilder("sh", "-c", command).directory(folder.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var printed = new String(process.getInputStream().readAllBytes()).lines().toList();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return printed;
    }

    private static boolean agree(List<String> shown, List<String> printed) {
        var pattern = shown.stream().map(line -> {
            if (line.strip().equals("…")) return "(.*\\n)*?";
            var known = lasting(line);
            return known.endsWith("…") ? Pattern.quote(known.substring(0, known.length() - 1)) + ".*\\n" : Pattern.quote(known) + "\\n";
        }).collect(joining());
        return Pattern.matches(pattern, SLOW.matcher(printed.stream().map(l -> lasting(l) + "\n").collect(joining())).replaceAll(""));
    }

    private static String lasting(String line) {
        var text = line.stripTrailing();
        for (var passing : PASSING) text = passing.matcher(text).replaceAll("_");
        return text.replaceAll(" {2,}", " ");
    }
}
