package dev.lockdown.cli;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What the place that is written to can show.
///
/// @param width in columns
/// @param colour whether escape sequences may colour the text
/// @param live whether the last line may be written again and again
/// @param unicode whether it shows more than ASCII; files and pipes do
record TerminalTraits(int width, boolean colour, boolean live, boolean unicode) {
    private static final int WIDTH_OF_FILES = 100;

    /// Heed `NO_COLOR` (no-color.org: set and not empty), `TERM`, and `COLUMNS`, which the launcher sets.
    ///
    /// @param interactive whether a person is at the other end
    static TerminalTraits of(boolean interactive, Charset charset, Map<String, String> environment) {
        boolean terminal = interactive && !"dumb".equals(environment.get("TERM"));
        boolean colour = terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
        boolean unicode = !terminal || charset.equals(StandardCharsets.UTF_8);
        return new TerminalTraits(width(environment.getOrDefault("COLUMNS", "")), colour, terminal, unicode);
    }

    private static int width(String columns) {
        return columns.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(columns) : WIDTH_OF_FILES;
    }
}
