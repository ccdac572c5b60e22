package dev.lockdown.manifest.yaml;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The tags that a manifest may carry: those of YAML's own types.
public final class YamlTags {
    static final String BINARY = "tag:yaml.org,2002:binary";
    private static final String TIMESTAMP = "tag:yaml.org,2002:timestamp";
    static final String STRING = "tag:yaml.org,2002:str";
    private static final String CORE = "tag:yaml.org,2002:";
    private static final List<String> KNOWN = List.of("str", "int", "float", "bool", "null", "map", "seq", "binary", "timestamp");

    private YamlTags() {}

    /// Whether a plain scalar of this tag is a text, whatever it looks like.
    static boolean isText(String tag) {
        return tag.equals(STRING) || tag.equals(BINARY) || tag.equals(TIMESTAMP);
    }

    /// Give what a `!!binary` scalar stands for.
    static String decoded(String base64, Position at) {
        try {
            return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw YamlProblems.notBase64(at).causedBy(e);
        }
    }

    /// Give the tag, in which `!` counts as a string's, or an empty text for none.
    static String check(Optional<String> tag, Position at) {
        if (tag.isEmpty()) return "";
        if (tag.get().equals("!")) return STRING;
        if (tag.get().startsWith(CORE) && KNOWN.contains(tag.get().substring(CORE.length()))) return tag.get();
        throw YamlProblems.unknownTag(at, tag.get());
    }
}
