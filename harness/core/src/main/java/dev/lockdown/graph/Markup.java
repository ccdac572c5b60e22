package dev.lockdown.graph;

/// Text that is safe in HTML and SVG, in elements and in quoted attributes.
final class Markup {
    private Markup() {}

    static String text(String raw) {
        var safe = new StringBuilder(raw.length() + 8);
        raw.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                default -> safe.appendCodePoint(isHidden(c) ? 0xFFFD : c);
            }
        });
        return safe.toString();
    }

    /// Control characters and those that turn the direction of the text around.
    static boolean isHidden(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
    }
}
