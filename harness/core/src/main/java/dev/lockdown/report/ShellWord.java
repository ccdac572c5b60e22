package dev.lockdown.report;

import dev.lockdown.state.OutsideText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A word as a shell takes it for that one word, so that a printed command can be pasted.
public final class ShellWord {
    private ShellWord() {}

    /// Quote where it needs that: as every POSIX shell reads it, or for control characters as bash and zsh do (`$'\\n'`), byte by byte,
    /// so that it is the same word in any locale.
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
        return OutsideText.isHarmful(c) || Character.getType(c) == Character.FORMAT;
    }

    private static String escaped(String word) {
        var text = new StringBuilder();
        word.codePoints().forEach(c -> {
            if (c == '\'' || c == '\\') text.append('\\').appendCodePoint(c);
            else if (c == '\n') text.append("\\n");
            else
                if (isControl(c))
                    for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8))
                        text.append(String.format(Locale.ROOT, "\\x%02x", b));
            else
                    text.appendCodePoint(c);
        });
        return text.toString();
    }
}
