package dev.lockdown.report.text;

import java.io.PrintStream;
import java.util.List;

/// Prints lines above the live line, which it keeps last.
final class LiveLine {
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream out;
    private final Screen screen;
    private boolean live;

    LiveLine(PrintStream out, Screen screen) {
        this.out = out;
        this.screen = screen;
    }

    void print(Styled line) {
        print(List.of(line));
    }

    void print(List<Styled> lines) {
        erase();
        lines.forEach(line -> out.print(screen.render(line).stripTrailing() + "\n"));
        out.flush();
    }

    /// Rewrite the live line, where the screen has one.
    void live(Styled line) {
        if (!screen.live()) return;
        erase();
        out.print(screen.render(line));
        out.flush();
        live = true;
    }

    private void erase() {
        if (live) out.print(ERASE);
        live = false;
    }
}
