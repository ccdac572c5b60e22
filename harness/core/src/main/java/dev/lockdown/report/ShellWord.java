package dev.lockdown.report;

import java.util.Locale;

/// A word as a shell takes it for that one word, so that a printed command can be pasted.
public final class ShellWord {
    private ShellWord() {}

    /// Quote where it needs that: as every POSIX shell reads it, or for control characters as bash and zsh do (`$'\\n'`).
    public static String quoted(String word) {
        if (!word.isEmpty() && word.codePoints().allMatch(ShellWord::isPlain)) return word;
        if (word.codePoints().anyMatch(ShellWord::isControl)) return "$'" + escaped(word) + "'";
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static boolean isPlain(int c) {
        return switch (c) {
            case '@', '%', '+', '=', ':', ',', '.', '/', '_', '-' -> true;
            default -> c < 128 && Character.isLetterOrDigit(c);
        };
    }

    /// What would be obeyed or turned around by a terminal.
    private static boolean isControl(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
    }

    private static String escaped(String word) {
        var text = new StringBuilder();
        word.codePoints().forEach(c -> {
            if (c == '\'' || c == '\\') text.append('\\').appendCodePoint(c);
            else if (c == '\n') text.append("\\n");
            else if (isControl(c)) text.append(String.format(Locale.ROOT, c < 128 ? "\\x%02x" : c < 65536 ? "\\u%04x" : "\\U%08x", c));
            else text.appendCodePoint(c);
        });
        return text.toString();
    }
}
