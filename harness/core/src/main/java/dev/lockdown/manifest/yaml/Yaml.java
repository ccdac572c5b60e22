package dev.lockdown.manifest.yaml;

import java.util.List;
import java.util.Map;

/// A node of a YAML document, aliases and merge keys resolved.
///
/// An aliased node is shared, not copied. Its weight counts every time that it is reached, so that whoever walks a tree
/// knows the cost beforehand; [YamlComposer] bounds it.
public sealed interface Yaml {
    Span span();

    /// How many nodes a walk over this one meets.
    int weight();

    /// What a message calls it, such as `the string "80"` or `a list`.
    String described();

    default Position at() {
        return span().at();
    }

    default boolean isNull() { return this instanceof Scalar(_, var kind, _) && kind == Scalars.Kind.NULL; }

    record Scalar(String value, Scalars.Kind kind, Span span) implements Yaml {
        @Override
        public int weight() {
            return 1;
        }

        @Override
        public String described() {
            return switch (kind) {
                case STRING -> "the string " + Quote.of(value);
                case WHOLE, FRACTION -> "the number " + value;
                case BOOLEAN -> "the boolean " + value;
                case NULL -> "empty";
            };
        }
    }

    record Sequence(List<Yaml> items, int weight, Span span) implements Yaml {
        @Override
        public String described() {
            return "a list";
        }
    }

    /// @param entries by key, in the order of the text; those of a merge key last
    record Mapping(Map<String, Entry> entries, int weight, Span span) implements Yaml {
        @Override
        public String described() {
            return "a mapping";
        }
    }

    record Entry(Scalar key, Yaml value) {}

    /// @param text as its author wrote it, comments included
    record Document(Yaml root, String text) {}

    /// A stretch of the source.
    ///
    /// @param at of its first character
    /// @param from index of the first code point in the source, and `to` of the one after the last
    record Span(Position at, int from, int to) {}
}
