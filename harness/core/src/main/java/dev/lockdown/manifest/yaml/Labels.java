package dev.lockdown.manifest.yaml;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Labels: their syntax, in manifests and in the one line of a table cell.
public final class Labels {
    private Labels() {}

    /// Parse labels as a table cell has them: `app=web, tier=db`. An empty text has none.
    ///
    /// @throws IllegalArgumentException saying what was found and expected
    public static Map<String, String> parse(String text) {
        var labels = new TreeMap<String, String>();
        if (text.isBlank()) return Collections.unmodifiableMap(labels);
        for (var part : text.split(",", -1)) {
            var label = part.strip();
            int equals = label.indexOf('=');
            if (equals < 0)
                throw new IllegalArgumentException(
                    "%s is no label; expected key=value, such as app=web, tier=db".formatted(Quote.of(label)));
            var key = label.substring(0, equals).strip();
            var value = label.substring(equals + 1).strip();
            if (problemOfKey(key) instanceof String expected)
                throw new IllegalArgumentException("the label key %s is not valid; expected %s".formatted(Quote.of(key), expected));
            if (!Syntax.LABEL_VALUE.matches(value))
                throw new IllegalArgumentException("the value %s of label %s is not valid; expected %s".formatted(Quote.of(value), key,
                    Syntax.LABEL_VALUE.expected()));
            if (labels.putIfAbsent(key, value) != null)
                throw new IllegalArgumentException("label %s is given twice".formatted(Quote.of(key)));
        }
        return Collections.unmodifiableMap(labels);
    }

    /// Read a mapping of labels; none where it is absent.
    public static Map<String, String> read(@Nullable Value value) {
        var labels = new TreeMap<String, String>();
        if (value == null) return labels;
        for (var entry : value.fields().entries()) {
            var key = key(new Value(entry.key(), "a key of " + value.path()));
            labels.put(key, new Value(entry.value(), value.path() + "." + key).text(Syntax.LABEL_VALUE));
        }
        return labels;
    }

    public static String key(Value value) {
        var key = value.text();
        if (problemOfKey(key) instanceof String expected) throw FieldProblems.badText(value, key, expected);
        return key;
    }

    /// What would have been expected, or null if the key is valid: `name` or `prefix/name`.
    private static @Nullable String problemOfKey(String key) {
        int slash = key.indexOf('/');
        if (slash >= 0 && !Syntax.SUBDOMAIN.matches(key.substring(0, slash))) return "before the \"/\" " + Syntax.SUBDOMAIN.expected();
        if (!Syntax.LABEL_NAME.matches(key.substring(slash + 1)))
            return (slash < 0 ? "" : "after the \"/\" ") + Syntax.LABEL_NAME.expected();
        return null;
    }
}
