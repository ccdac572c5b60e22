package dev.lockdown.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Types what a page shows behind `$` in one folder, and compares what is printed with what it shows. There `…` stands for what is
/// left out: at the end of a line for its rest, alone for any number of lines. `# exit status 1` behind a command is what it leaves; 0
/// where nothing is said.
final class ShownSessions {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Pattern STATUS = Pattern.compile(" +# exit status (\\d+)$");
    /// What differs from one run to the next.
    private static final List<Pattern> PASSING = List.of(Pattern.compile("\\d+(\\.\\d+)? (ms|s)\\b"),
        Pattern.compile("\\b\\d{8}-\\d{6}\\b"),
        Pattern.compile("(?<=seed )\\d+"), Pattern.compile("(?<=held |\\()\\d+(?= rounds)"),
        Pattern.compile("\\b10\\.42\\.\\d+\\.\\d+\\b"));

    /// Where a slow scenario's time went, which a fast machine does not print: a line, and its continuation.
    private static final Pattern SLOW = Pattern.compile("(?m)^ line \\d+, _: .*\\n(?: (?:[a-z]+ _|·|_).*\\n)*");

    private final Path folder;

    /// @param line the number of the command's line in the page
    record Session(int line, String command, int status, List<String> shown) {}

    /// With our features and fixtures, and a launcher of what is tested.
    ///
    /// @param folder an empty one
    ShownSessions(Path folder) throws IOException {
        this.folder = folder;
        Files.createSymbolicLink(folder.resolve("fixtures"), ROOT.resolve("fixtures"));
        Files.createSymbolicLink(folder.resolve("features"), ROOT.resolve("features"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var home = Files.createDirectories(folder.resolve("home"));
        // Nightlies start it where they look for the clone.
        Files.createSymbolicLink(home.resolve("lockdown"), folder.resolve("lockdown"));
        Files.createSymbolicLink(home.resolve("features"), ROOT.resolve("features"));
        Files.createSymbolicLink(home.resolve("fixtures"), ROOT.resolve("fixtures"));
        var launcher = Files.writeString(folder.resolve("lockdown"), """
            #!/bin/sh
            export LOCKDOWN_COMMAND=./lockdown COLUMNS=88
            exec "%s" -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp "%s" "-Dlockdown.home=%s" dev.lockdown.cli.Main "$@"
            """.formatted(java, System.getProperty("java.class.path"), home));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
    }

    /// What the folder has of an earlier block and its commands is replaced, or gets this behind it.
    void write(MarkdownPage.Block block) throws IOException {
        var file = folder.resolve(block.name());
        Files.createDirectories(file.getParent());
        Files.writeString(file, block.appends() ? Files.readString(file) + "\n" + block.text() : block.text());
    }

    static List<Session> in(String page) {
        var sessions = new ArrayList<Session>();
        Session open = null;
        int indent = 0;
        int number = 0;
        for (var line : page.lines().toList()) {
            number++;
            int column = line.length() - line.stripLeading().length();
            if (column >= 4 && line.stripLeading().startsWith("$ ")) {
                var status = STATUS.matcher(line);
                open = new Session(number, status.replaceAll("").strip().substring(2),
                    status.find(0) ? Integer.parseInt(status.group(1)) : 0, new ArrayList<>());
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

    /// Type one and hold what comes of it against what is shown.
    void play(Session session) throws IOException, InterruptedException {
        var process = new ProcessBuilder("sh", "-c", session.command()).directory(folder.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var printed = new String(process.getInputStream().readAllBytes()).lines().toList();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        var all = "line %s: $ %s\n%s".formatted(session.line(), session.command(), String.join("\n", printed));
        assertThat(agree(session.shown(), printed)).as(all).isTrue();
        assertThat(process.exitValue()).as("exit status of " + all).isEqualTo(session.status());
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
