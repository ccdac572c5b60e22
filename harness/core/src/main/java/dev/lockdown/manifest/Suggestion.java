package dev.lockdown.manifest;

import dev.lockdown.state.NearestWord;
import java.util.Collection;

/// What a message says of the words that would have been right: the one that was probably meant, and all of them.
final class Suggestion {
    private Suggestion() {}

    /// @param what the known words are, such as `known here`
    static String among(String word, String what, Collection<String> known) {
        var all = "%s: %s".formatted(what, known.isEmpty() ? "none" : String.join(", ", known));
        return NearestWord.of(word, known).map(k -> "did you mean \"%s\"? %s".formatted(k, all)).orElse(all);
    }
}
