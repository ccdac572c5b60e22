package dev.lockdown.report.junit;

/// Writes XML 1.0. Characters that it cannot hold at all are left out (section 2.2 of the recommendation).
final class Xml {
    private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    private int depth;
    private boolean inTag;
    private boolean inText;

    Xml open(String element) {
        endTag();
        newline();
        out.append('<').append(element);
        inTag = true;
        depth++;
        return this;
    }

    /// Add an attribute to the element that was just opened.
    Xml attribute(String name, String value) {
        if (!inTag) throw new IllegalStateException("%s comes after the element's content".formatted(name));
        out.append(' ').append(name).append("=\"");
        escape(value);
        out.append('"');
        return this;
    }

    Xml text(String text) {
        endTag();
        escape(text);
        inText = true;
        return this;
    }

    Xml close(String element) {
        depth--;
        if (inTag) out.append("/>");
        else {
            if (!inText) newline();
            out.append("</").append(element).append('>');
        }
        inTag = false;
        inText = false;
        return this;
    }

    private void endTag() {
        if (inTag) out.append('>');
        inTag = false;
    }

    private void newline() {
        out.append('\n').repeat("  ", depth);
    }

    private void escape(String text) {
        text.codePoints().filter(Xml::isAllowed).forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                // Written as they are, an attribute would turn them into blanks.
                case '\n', '\r', '\t' -> {
                    if (inTag) out.append("&#").append(c).append(';');
                    else out.appendCodePoint(c);
                }
                default -> out.appendCodePoint(c);
            }
        });
    }

    private static boolean isAllowed(int c) {
        return c == '\t' || c == '\n' || c == '\r' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
    }

    @Override
    public String toString() {
        if (depth != 0) throw new IllegalStateException("%d elements are open".formatted(depth));
        return out + "\n";
    }
}
