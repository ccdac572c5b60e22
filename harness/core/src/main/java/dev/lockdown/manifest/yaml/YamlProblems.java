package dev.lockdown.manifest.yaml;

import java.util.Locale;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;

/// What can be wrong with a text before anybody asks what it means.
public final class YamlProblems {
    private static final String TEMPLATE = "{{ … }} looks like a template; render it first, as helm template does";

    private YamlProblems() {}

    /// @param reached index up to which the text was understood, for exceptions that do not say where
    static ManifestException malformed(Source source, int reached, RuntimeException e) {
        return switch (e) {
            case YamlVersionException version ->
                malformed(source.at(reached), "this is YAML %s".formatted(version.getSpecVersion().getRepresentation()),
                    "expected %YAML 1.2, or no such line", e);
            case MarkedYamlEngineException marked when marked.getProblemMark().isPresent() -> marked(source, marked);
            case ReaderException reader ->
                malformed(source.at(reader.getPosition()),
                    String.format(Locale.ROOT, "the character U+%04X is not allowed", reader.getCodePoint()),
                    "remove it, or escape it in a double-quoted string", e);
            default -> malformed(source.at(reached), "the text cannot be read from here on",
                "check escapes and tags; the reader says: " + Quote.harmless(firstLine(e), 200), e);
        };
    }

    private static ManifestException marked(Source source, MarkedYamlEngineException e) {
        var context = e.getContext() == null ? "" : e.getContext();
        // The engine misses a colon only after the line that lacks it.
        boolean late = context.equals("while scanning a simple key");
        var at = source.at((late ? e.getContextMark() : e.getProblemMark()).or(e::getProblemMark).orElseThrow());
        var where = e.getContextMark().map(m -> " that starts at line " + source.at(m).line()).orElse("");
        var problem = e.getProblem() == null ? firstLine(e) : e.getProblem();
        if (source.line(at).contains("{{")) return malformed(at, problem, TEMPLATE, e);
        return malformed(at, problem, context.isEmpty() ? "check quotes and brackets, and that the lines above are indented alike"
            : "%s%s; check its indentation (spaces only), quotes and brackets".formatted(context, where), e);
    }

    static ManifestException malformedJson(Position at, String problem, String advice) {
        return ManifestException.at(at, "malformed JSON: " + problem, advice);
    }

    private static ManifestException malformed(Position at, String problem, String advice, RuntimeException cause) {
        return ManifestException.at(at, "malformed YAML: " + Quote.harmless(problem, 200), advice).causedBy(cause);
    }

    private static String firstLine(RuntimeException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    public static ManifestException tooLong(Position at, int most) {
        return ManifestException.at(at, String.format(Locale.ROOT, "the text is longer than %,d characters", most),
            "split it into several files");
    }

    public static ManifestException tooDeep(Position at, int most) {
        return ManifestException.at(at, "nested more than %s levels deep".formatted(most),
            "no Kubernetes object needs that; is this a manifest?");
    }

    static ManifestException tooHeavy(Position at, int most) {
        return ManifestException.at(at, String.format(Locale.ROOT, "more than %,d values, aliases counted each time they are used", most),
            "aliases of aliases multiply; write the values out, or split the file");
    }

    static ManifestException unknownAnchor(Position at, String name) {
        return ManifestException.at(at, "alias *%s refers to an anchor that is not there".formatted(Quote.harmless(name, 80)),
            "define &%s earlier in the same document".formatted(Quote.harmless(name, 80)));
    }

    static ManifestException recursiveAlias(Position at, String name) {
        return ManifestException.at(at, "alias *%s stands inside its own anchor".formatted(Quote.harmless(name, 80)),
            "an object cannot contain itself");
    }

    static ManifestException unknownTag(Position at, String tag) {
        return ManifestException.at(at, "unknown tag %s".formatted(Quote.of(tag)),
            "Kubernetes manifests have no tags of their own; remove it");
    }

    static ManifestException notBase64(Position at) {
        return ManifestException.at(at, "this !!binary value is no base64", "remove the tag, or encode the value as base64 does");
    }

    static ManifestException complexKey(Position at) {
        return ManifestException.at(at, "a list or mapping stands where a key was expected",
            "keys are plain words; " + TEMPLATE);
    }

    static ManifestException duplicateKey(Position at, String key, Position first) {
        return ManifestException.at(at, "%s is given twice in one mapping".formatted(Quote.of(key)),
            "first at %s; keep one of them".formatted(first));
    }

    static ManifestException mergeOfNoMapping(Yaml found) {
        return ManifestException.at(found.at(),
            "the merge key << is %s; expected a mapping or a list of mappings".formatted(found.described()),
            "write <<: *anchor, where &anchor is on a mapping");
    }
}
