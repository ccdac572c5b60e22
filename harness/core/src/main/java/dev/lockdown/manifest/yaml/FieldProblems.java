package dev.lockdown.manifest.yaml;

import dev.lockdown.state.NearestWord;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be wrong with a field, whatever it means.
public final class FieldProblems {
    private FieldProblems() {}

    /// The API server drops an unknown field in silence under `--validate=false`; here it is an error, because a policy
    /// with `podSelecter` selects every pod.
    static ManifestException unknownField(Yaml.Scalar field, String path, List<String> known) {
        return ManifestException.at(field.at(), "unknown field %s in %s".formatted(Quote.of(field.value()), path),
            among(field.value(), "known here", known)).meaning(true, NearestWord.of(field.value(), known).orElse(null));
    }

    public static ManifestException missing(Position at, String path, String field, String example) {
        return ManifestException.at(at, "%s has no %s".formatted(path, field), "expected one, such as %s".formatted(example));
    }

    static ManifestException empty(Value value) {
        return ManifestException.at(value.at(), "%s is empty".formatted(value.path()), "give it a value, or write \"\" for the empty text");
    }

    static ManifestException notA(String expected, Value found) {
        return ManifestException.at(found.at(), "%s is %s; expected a %s".formatted(found.path(), found.node().described(), expected),
            howTo(expected, found.node()));
    }

    private static String howTo(String expected, Yaml found) {
        return switch (expected) {
            case "list" -> "start each entry with a dash on a line of its own";
            case "mapping" -> found instanceof Yaml.Sequence ? "a mapping has no dashes or brackets: write key: value, or {} for none"
                : "write its fields as key: value, or {} for none";
            case "whole number", "boolean" -> found instanceof Yaml.Scalar(var text, var kind, _) && kind == Scalars.Kind.STRING
                && Scalars.kindOfPlain(text) != Scalars.Kind.STRING ? "remove the quotes" : "";
            default -> "";
        };
    }

    /// @see <a href="https://yaml.org/type/bool.html">the booleans of YAML 1.1</a>
    static ManifestException unquoted(Value found, String text) {
        return ManifestException.at(found.at(), "%s is %s; expected a string".formatted(found.path(), found.node().described()),
            "put it in quotes: \"%s\"".formatted(text));
    }

    public static ManifestException badText(Value found, String text, String expected) {
        return ManifestException.at(found.at(), "%s is %s".formatted(found.path(), Quote.of(text)), "expected " + expected);
    }

    static ManifestException outOfBounds(Value found, String number, int least, int most) {
        return ManifestException.at(found.at(), "%s is %s".formatted(found.path(), number),
            "expected a whole number from %s to %s".formatted(least, most));
    }

    public static ManifestException notAmong(Value found, String text, List<String> known, @Nullable String advice) {
        return ManifestException.at(found.at(), "%s is %s".formatted(found.path(), Quote.of(text)),
            among(text, "expected one of", known) + (advice == null ? "" : "\n" + advice))
            .meaning(false, NearestWord.of(text, known).orElse(null));
    }

    /// What a message says of the words that would have been right: the one that was probably meant, and all of them.
    ///
    /// @param what the known words are, such as `known here`
    public static String among(String word, String what, Collection<String> known) {
        var all = "%s: %s".formatted(what, known.isEmpty() ? "none" : String.join(", ", known));
        return NearestWord.of(word, known).map(k -> "did you mean \"%s\"? %s".formatted(k, all)).orElse(all);
    }
}
