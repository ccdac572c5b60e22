package dev.lockdown.cli;

/// What standard output carries.
enum Output {
    /// For people.
    TEXT,
    /// One document, at the end; everything for people goes to standard error.
    JSON,
    /// The journal's lines as they happen; everything for people goes to standard error.
    JSONL;

    /// Read the output of a command that prints one document.
    ///
    /// @throws IllegalArgumentException if the text is neither of the two
    static Output textOrJson(String text) {
        return switch (text) {
            case "text" -> TEXT;
            case "json" -> JSON;
            default -> throw new IllegalArgumentException("\"%s\" is no output of this command; expected text or json".formatted(text));
        };
    }

    /// @throws IllegalArgumentException if the text is none of the three
    static Output parse(String text) {
        return switch (text) {
            case "text" -> TEXT;
            case "json" -> JSON;
            case "jsonl" -> JSONL;
            default -> throw new IllegalArgumentException("\"%s\" is no output; expected text, json or jsonl".formatted(text));
        };
    }
}
