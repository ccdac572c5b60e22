package dev.lockdown.manifest.yaml;

/// Writes spaces for the tabs between the tokens of a list in brackets or a mapping in braces, and for one behind a token of a block:
/// kubectl takes them for blanks, and the engine refuses them. Every other character stays where it is, and so do tabs within texts.
public final class FlowTabs {
    private FlowTabs() {}

    /// @param from index of a character between two tokens, as many brackets and braces deep as `depth` says
    /// @param tab index of the tab that was refused
    /// @return the text, the same up to the first bracket and from where that one closes
    public static String replace(String text, int from, int tab, int depth) {
        var replaced = new StringBuilder(text);
        char quote = 0;
        for (int i = from, open = depth; i < text.length() && (open > 0 || i <= tab); i++) {
            char c = text.charAt(i);
            if (quote == '"' && c == '\\') i++;
            else if (quote != 0) quote = c == quote ? 0 : quote;
            else
                if (c == '\t' && (open > 0 && isBetweenTokens(text, i) || i == tab && isBehindContent(text, i))) replaced.setCharAt(i, ' ');
                else if (c == '[' || c == '{') open++;
                else if (c == ']' || c == '}') open--;
                else if ((c == '"' || c == '\'') && isBetweenTokens(text, i - 1)) quote = c;
                else
                    if (c == '#' && i > 0 && isBlank(text.charAt(i - 1)))
                        i = text.indexOf('\n', i) < 0 ? text.length() : text.indexOf('\n', i);
        }
        return replaced.toString();
    }

    /// Whether the blanks around an index have a bracket, a comma, a colon or the end of a line on one side.
    private static boolean isBetweenTokens(String text, int index) {
        int before = index;
        while (before >= 0 && isBlank(text.charAt(before))) before--;
        int after = index;
        while (after < text.length() && isBlank(text.charAt(after))) after++;
        return before < 0 || after == text.length() || "[{,:\n".indexOf(text.charAt(before)) >= 0
            || "]},\r\n#".indexOf(text.charAt(after)) >= 0;
    }

    /// Whether a tab indents nothing, since something stands before it in its line.
    private static boolean isBehindContent(String text, int index) {
        return !text.substring(text.lastIndexOf('\n', index) + 1, index).isBlank();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
