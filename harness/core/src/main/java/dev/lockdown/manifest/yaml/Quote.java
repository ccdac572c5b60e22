package dev.lockdown.manifest.yaml;

import java.util.Locale;

/// Foreign text inside a message: quoted, cut to a readable length, nothing in it that a terminal would act on.
public final class Quote {
    private Quote() {}

    public static String of(String text) {
        return "\"" + harmless(text, 80) + "\"";
    }

    /// Give the text without quotes.
    public static String harmless(String text, int longest) {
        var shown = new StringBuilder();
        text.codePoints().limit(longest).forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)
                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
            else
                shown.appendCodePoint(c);
        });
        return shown.append(text.codePointCount(0, text.length()) > longest ? "…" : "").toString();
    }
}
