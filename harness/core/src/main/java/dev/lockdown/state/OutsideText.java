package dev.lockdown.state;

import java.util.Locale;
import java.util.regex.Pattern;

/// Text that comes from outside (names of files, words of a command line, answers of servers), made fit to be shown.
public final class OutsideText {
    private static final Pattern USER_OF_URL = Pattern.compile("\\b([a-zA-Z][a-zA-Z0-9+.-]*://)[^\\s/?#\"'<>]*@");
    private static final Pattern QUERY_OF_URL = Pattern.compile("\\b([a-zA-Z][a-zA-Z0-9+.-]*://[^\\s?#\"'<>]*)[?#][^\\s\"'<>]*");

    private OutsideText() {}

    /// Whether a terminal would act on a character instead of showing it: controls, and what turns the direction of writing (UAX 9) or
    /// the line (U+2028), or is never seen (tags).
    public static boolean isHarmful(int c) {
        return Character.isISOControl(c) || c == 0x061c || c == 0x200e || c == 0x200f || c >= 0x2028 && c <= 0x202e
            || c >= 0x2066 && c <= 0x2069 || c >= 0xe0000 && c <= 0xe007f;
    }

    /// Escape as JSON does what a terminal would act on, but for line feeds and tabulators.
    public static String escaped(String text) {
        if (text.codePoints().noneMatch(OutsideText::isEscaped)) return text;
        var shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isEscaped(c)) for (char unit : Character.toChars(c)) shown.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
            else shown.appendCodePoint(c);
        });
        return shown.toString();
    }

    /// The same for what is told in one line, such as the name of a file, which may have line feeds and tabulators as well.
    public static String inOneLine(String text) {
        return escaped(text.replace("\n", "\\n").replace("\t", "\\t"));
    }

    private static boolean isEscaped(int c) {
        return c != '\n' && c != '\t' && isHarmful(c);
    }

    /// Cut user, password, query and fragment, which may hold a token, out of every URL in a text.
    public static String withoutSecrets(String text) {
        return QUERY_OF_URL.matcher(USER_OF_URL.matcher(text).replaceAll("$1")).replaceAll("$1");
    }
}
