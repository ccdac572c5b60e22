package dev.lockdown.cli;

import dev.lockdown.cluster.k3s.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Shows how a cluster comes up: on a terminal one line that is written again and again, elsewhere a line for each phase.
final class BringUpLines implements Progress {
    private static final String CLEAR = "\r\u001b[K";
    /// How k3s writes its log.
    private static final Pattern LOGGED = Pattern.compile("time=\"[^\"]*\" level=\\w+ msg=\"?(?<message>.*?)\"?");

    private final PrintWriter err;
    private final TerminalTraits terminal;
    private final List<String> phases = new ArrayList<>(); // guarded by this

    BringUpLines(PrintWriter err, TerminalTraits terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    @Override
    public synchronized void waiting(String phase, String what, Duration since) {
        if (!terminal.live()) return;
        var logged = LOGGED.matcher(what);
        var line = "k3s · %s %s s · %s".formatted(phase, since.toSeconds(), logged.matches() ? logged.group("message") : what);
        err.print(CLEAR + (line.length() < terminal.width() ? line : line.substring(0, terminal.width() - 2) + "…"));
        err.flush();
    }

    @Override
    public synchronized void done(String phase, Duration took) {
        var text = "%s %s".formatted(phase, seconds(took));
        phases.add(text);
        if (!terminal.live()) err.println("k3s: " + text);
    }

    @Override
    public synchronized void note(String text) {
        clear();
        err.println(text);
    }

    /// Say how long everything took, now that it is up.
    synchronized void up(String description) {
        clear();
        err.println("%s · %s".formatted(description, String.join(" · ", phases)));
    }

    synchronized void clear() {
        if (terminal.live()) {
            err.print(CLEAR);
            err.flush();
        }
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }
}
