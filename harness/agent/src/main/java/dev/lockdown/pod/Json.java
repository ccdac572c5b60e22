package dev.lockdown.pod;

import java.util.Locale;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON (RFC 8259) as far as the line needs it: objects, arrays, strings, whole numbers, booleans and null. Strict, and no deeper than
/// sixteen levels.
final class Json {
    private static final int DEEPEST = 16;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /// Write objects (maps), arrays (lists), strings, longs, booleans and null.
    static String write(@Nullable Object value) {
        var out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(@Nullable Object value, StringBuilder out) {
        switch (value) {
            case null -> out.append("null");
            case String s -> quote(s, out);
            case Long _, Integer _, Boolean _ -> out.append(value);
            case Map<?, ?> map -> {
                out.append('{');
                var comma = "";
                for (var entry : map.entrySet()) {
                    quote((String) entry.getKey(), out.append(comma));
                    write(entry.getValue(), out.append(':'));
                    comma = ",";
                }
                out.append('}');
            }
            case List<?> list -> {
                out.append('[');
                var comma = "";
                for (var element : list) {
                    write(element, out.append(comma));
                    comma = ",";
                }
                out.append(']');
            }
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') out.append('\\').append(c);
            else if (c < ' ' || c > '~') out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            else out.append(c);
        }
        out.append('"');
    }

    /// Read one object.
    ///
    /// @throws IllegalArgumentException if the text is no object, or not only one
    static Map<String, @Nullable Object> object(String text) {
        var json = new Json(text);
        if (!(json.value(0) instanceof Map<?, ?> map)) throw json.wrong("an object");
        if (json.at < text.length()) throw json.wrong("the end");
        @SuppressWarnings("unchecked")
        var object = (Map<String, @Nullable Object>) map;
        return object;
    }

    private @Nullable Object value(int depth) {
        if (depth > DEEPEST) throw wrong("something less deep");
        return switch (peek()) {
            case '{' -> members(depth);
            case '[' -> elements(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> members(int depth) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        expect('{');
        if (peek() == '}') {
            at++;
            return members;
        }
        do {
            blanks();
            var name = string();
            expect(':');
            if (members.containsKey(name)) throw wrong("no second \"%s\"".formatted(name));
            members.put(name, value(depth + 1));
        } while (more('}'));
        return members;
    }

    private List<@Nullable Object> elements(int depth) {
        var elements = new ArrayList<@Nullable Object>();
        expect('[');
        if (peek() == ']') {
            at++;
            return elements;
        }
        do elements.add(value(depth + 1));
        while (more(']'));
        return elements;
    }

    private boolean more(char end) {
        char next = peek();
        if (next != ',' && next != end) throw wrong("a comma or " + end);
        at++;
        return next == ',';
    }

    private String string() {
        expect('"');
        var out = new StringBuilder();
        while (true) {
            char c = take();
            if (c == '"') return out.toString();
            if (c < ' ') throw wrong("no control character");
            out.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        char c = take();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = Character.digit(take(), 16);
                    if (digit < 0) throw wrong("four hexadecimal digits");
                    code = code * 16 + digit;
                }
                yield (char) code;
            }
            default -> throw wrong("an escape");
        };
    }

    private @Nullable Object word(String word, @Nullable Object meaning) {
        if (!text.startsWith(word, at)) throw wrong(word);
        at += word.length();
        return meaning;
    }

    private Long number() {
        int begin = at;
        if (at < text.length() && text.charAt(at) == '-') at++;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') at++;
        int first = at > begin && text.charAt(begin) == '-' ? begin + 1 : begin;
        if (at > first + 1 && text.charAt(first) == '0') throw wrong("no zero before a number");
        try {
            return Long.valueOf(text.substring(begin, at));
        } catch (NumberFormatException e) {
            throw wrong("a whole number");
        }
    }

    private void expect(char wanted) {
        if (peek() != wanted) throw wrong(String.valueOf(wanted));
        at++;
    }

    private char peek() {
        blanks();
        if (at == text.length()) throw wrong("more");
        return text.charAt(at);
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
    }

    private char take() {
        if (at == text.length()) throw wrong("more");
        return text.charAt(at++);
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("expected %s at character %s".formatted(expected, at + 1));
    }
}
