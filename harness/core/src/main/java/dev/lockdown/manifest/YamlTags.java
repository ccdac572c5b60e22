package dev.lockdown.manifest;

import java.util.List;
import java.util.Optional;

/// The tags that a manifest may carry: those of YAML's own types.
final class YamlTags {
    static final String STRING = "tag:yaml.org,2002:str";
    private static final String CORE = "tag:yaml.org,2002:";
    private static final List<String> KNOWN = List.of("str", "int", "float", "bool", "null", "map", "seq");

    private YamlTags() {}

    /// Give the tag, in which `!` counts as a string's, or an empty text for none.
    static String check(Optional<String> tag, Position at) {
        if (tag.isEmpty()) return "";
        if (tag.get().equals("!")) return STRING;
        if (tag.get().startsWith(CORE) && KNOWN.contains(tag.get().substring(CORE.length()))) return tag.get();
        throw YamlProblems.unknownTag(at, tag.get());
    }
}
