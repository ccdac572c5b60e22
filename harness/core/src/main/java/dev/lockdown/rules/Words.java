package dev.lockdown.rules;

import java.util.ArrayList;
import java.util.List;

/// Splits a line of a dump as a shell would: at blanks that are in no double quotes, in which a backslash stands before a character that is meant
/// as it is.
final class Words {
    private Words() {}

    static List<String> of(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean quoted = false;
        boolean begun = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quoted && i + 1 < line.length()) {
                word.append(line.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
                begun = true;
            } else if (Character.isWhitespace(c) && !quoted) {
                if (begun || !word.isEmpty()) words.add(word.toString());
                word.setLength(0);
                begun = false;
            } else {
                word.append(c);
            }
        }
        if (begun || !word.isEmpty()) words.add(word.toString());
        return words;
    }
}
