package dev.lockdown.cli;

/// What standard output of `rehearse` carries.
enum RehearseOutput {
    /// One page for people.
    TEXT,
    /// One document.
    JSON,
    /// The proposed policies alone.
    YAML;

    /// @throws IllegalArgumentException if the text is none of them
    static RehearseOutput parse(String text) {
        return switch (text) {
            case "text" -> TEXT;
            case "json" -> JSON;
            case "yaml" -> YAML;
            default -> throw new IllegalArgumentException("\"%s\" is no output; expected text, json or yaml".formatted(text));
        };
    }
}
