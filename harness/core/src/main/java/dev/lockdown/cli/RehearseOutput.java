package dev.lockdown.cli;

/// What standard output of `rehearse` carries.
enum RehearseOutput {
    /// One page for people.
    TEXT,
    /// One document.
    JSON,
    /// The proposed policies alone.
    YAML,
    /// A page with pictures.
    HTML,
    /// The picture for Graphviz.
    DOT,
    /// The picture for Mermaid.
    MERMAID,
    /// A page of Markdown, of a rehearsal or of a change, such as for a pull request.
    MARKDOWN;

    /// @throws IllegalArgumentException if the text is none of them
    static RehearseOutput parse(String text) {
        return switch (text) {
            case "text" -> TEXT;
            case "json" -> JSON;
            case "yaml" -> YAML;
            case "html" -> HTML;
            case "dot" -> DOT;
            case "mermaid" -> MERMAID;
            case "markdown" -> MARKDOWN;
            default -> throw new IllegalArgumentException(
                "\"%s\" is no output; expected text, json, yaml, html, dot, mermaid or markdown".formatted(text));
        };
    }
}
