package dev.lockdown.cli;

/// What standard output of `table` carries.
enum TableOutput {
    /// A matrix for each port, for people.
    TEXT,
    /// One document.
    JSON,
    /// A line for each flow.
    JSONL,
    /// A page with a picture.
    HTML,
    /// The picture for Graphviz.
    DOT,
    /// The picture for Mermaid.
    MERMAID,
    /// A sheet with a line for each flow.
    CSV,
    /// The matrices as Markdown.
    MARKDOWN;

    /// @throws IllegalArgumentException if the text is none of them
    static TableOutput parse(String text) {
        return switch (text) {
            case "text" -> TEXT;
            case "json" -> JSON;
            case "jsonl" -> JSONL;
            case "html" -> HTML;
            case "dot" -> DOT;
            case "mermaid" -> MERMAID;
            case "csv" -> CSV;
            case "markdown" -> MARKDOWN;
            default -> throw new IllegalArgumentException(
                "\"%s\" is no output; expected text, json, jsonl, html, dot, mermaid, csv or markdown".formatted(text));
        };
    }
}
