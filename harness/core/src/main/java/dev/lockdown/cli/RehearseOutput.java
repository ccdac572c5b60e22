package dev.lockdown.cli;

/// What standard output of `rehearse` carries.
enum RehearseOutput {
    /// One page for people.
    TEXT,
    /// One document.
    JSON,
    /// The proposed policies alone.
    YAML,
    /// A change, for a pull request.
    MARKDOWN;

    /// @throws IllegalArgumentException if the text is none of them
    static RehearseOutput parse(String text) {
        return switch (text) {
            case "text" -> TEXT;
            case "json" -> JSON;
            case "yaml" -> YAML;
            case "markdown" -> MARKDOWN;
            default -> throw new IllegalArgumentException("\"%s\" is no output; expected text, json, yaml or markdown".formatted(text));
        };
    }
}
