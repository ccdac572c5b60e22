package dev.lockdown.manifest.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;

/// Builds the trees of JSON values that stand one after another, with the place of each.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
public final class JsonComposer {
    private static final int DEEPEST = 200;
    private static final Pattern WORD = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?|true|false|null");

    private final Source source;
    private final String text;
    private int at;
    private int line;
    private int lineStart;
    /// Characters so far that take two places in a Java text: positions and spans count code points.
    private int pairs;
    private int pairsBeforeLine;

    JsonComposer(Source source) {
        this.source = source;
        this.text = source.text();
    }

    List<Yaml.Document> documents() {
        var documents = new ArrayList<Yaml.Document>();
        for (blank(); at < text.length(); blank()) {
            int from = codePoint();
            var root = value(0);
            if (!root.isNull()) documents.add(new Yaml.Document(root, source.between(from, codePoint())));
        }
        return documents;
    }

    private Yaml value(int depth) {
        if (depth > DEEPEST) throw YamlProblems.tooDeep(here(), DEEPEST);
        return switch (peek()) {
            case '{' -> mapping(depth);
            case '[' -> sequence(depth);
            case '"' -> string();
            default -> word();
        };
    }

    private Yaml.Mapping mapping(int depth) {
        var start = here();
        int from = codePoint();
        var entries = new LinkedHashMap<String, Yaml.Entry>();
        int weight = 1;
        for (boolean more = open('}'); more; more = next('}')) {
            if (peek() != '"') throw unexpected("the name of a field in double quotes");
            var key = string();
            blank();
            require(':');
            blank();
            var value = value(depth + 1);
            var earlier = entries.putIfAbsent(key.value(), new Yaml.Entry(key, value));
            if (earlier != null) throw YamlProblems.duplicateKey(key.at(), key.value(), earlier.key().at());
            weight += 1 + value.weight();
        }
        return new Yaml.Mapping(entries, weight, new Yaml.Span(start, from, codePoint()));
    }

    private Yaml.Sequence sequence(int depth) {
        var start = here();
        int from = codePoint();
        var items = new ArrayList<Yaml>();
        int weight = 1;
        for (boolean more = open(']'); more; more = next(']')) {
            var item = value(depth + 1);
            items.add(item);
            weight += item.weight();
        }
        return new Yaml.Sequence(List.copyOf(items), weight, new Yaml.Span(start, from, codePoint()));
    }

    /// Enter a mapping or list; whether there is something in it.
    private boolean open(char end) {
        skip();
        blank();
        if (peek() != end) return true;
        skip();
        return false;
    }

    /// Pass the comma before the next entry, or the end; whether there is a next one.
    private boolean next(char end) {
        blank();
        if (peek() == end) {
            skip();
            return false;
        }
        if (peek() != ',') throw unexpected("a comma or " + end);
        skip();
        blank();
        return true;
    }

    private Yaml.Scalar word() {
        var start = here();
        int from = codePoint();
        var matcher = WORD.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) throw unexpected("a value");
        at = matcher.end();
        return new Yaml.Scalar(matcher.group(), Scalars.kindOfPlain(matcher.group()), new Yaml.Span(start, from, codePoint()));
    }

    private Yaml.Scalar string() {
        var start = here();
        int from = codePoint();
        var value = new StringBuilder();
        skip();
        while (peek() != '"') {
            char c = peek();
            if (c < ' ')
                throw YamlProblems.malformedJson(here(), "a string goes on over the end of its line, or has a control character",
                    "close it with a double quote, or write \\n, \\t and the like");
            skip();
            value.append(c == '\\' ? escaped() : c);
        }
        skip();
        return new Yaml.Scalar(value.toString(), Scalars.Kind.STRING, new Yaml.Span(start, from, codePoint()));
    }

    private char escaped() {
        char c = peek();
        int known = "\"\\/bfnrt".indexOf(c);
        if (known < 0 && (c != 'u' || !text.substring(at + 1, Math.min(at + 5, text.length())).matches("[0-9a-fA-F]{4}")))
            throw unexpected("one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000 after the backslash");
        skip();
        if (known >= 0) return "\"\\/\b\f\n\r\t".charAt(known);
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }

    private void blank() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) skip();
    }

    private void require(char wanted) {
        if (peek() != wanted) throw unexpected("a " + wanted);
        skip();
    }

    private char peek() {
        if (at >= text.length())
            throw YamlProblems.malformedJson(here(), "the text ends within a value",
                "it was cut off: print it again to its end, or close what is open");
        return text.charAt(at);
    }

    private void skip() {
        char c = text.charAt(at++);
        if (Character.isLowSurrogate(c)) pairs++;
        if (c != '\n') return;
        line++;
        lineStart = at;
        pairsBeforeLine = pairs;
    }

    private int codePoint() {
        return at - pairs;
    }

    private Position here() {
        return source.at(line, at - lineStart - (pairs - pairsBeforeLine));
    }

    private ManifestException unexpected(String expected) {
        return YamlProblems.malformedJson(here(), "found %s".formatted(Quote.of(text.substring(at, text.offsetByCodePoints(at, 1)))),
            "expected " + expected);
    }
}
