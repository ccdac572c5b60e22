package dev.lockdown.manifest;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/// "Did you mean …?": the nearest of the words that would have been right.
final class Suggestion {
    private Suggestion() {}

    /// Say the nearest word, if one is near, and all of them.
    ///
    /// @param what they are, such as `known here`
    static String among(String word, String what, Collection<String> known) {
        var all = "%s: %s".formatted(what, known.isEmpty() ? "none" : String.join(", ", known));
        return known.stream().filter(k -> near(word, k) || distance(word, k) <= k.length() / 3)
            .min(Comparator.comparingInt(k -> distance(word, k)))
            .map(k -> "did you mean \"%s\"? %s".formatted(k, all)).orElse(all);
    }

    /// Whether a word is probably a slip of the other: wrong case, a letter or two missing, added or changed, or all of them there
    /// in another order.
    static boolean near(String word, String other) {
        return distance(word, other) <= Math.max(1, other.length() / 4) || Arrays.equals(letters(word), letters(other));
    }

    private static int[] letters(String word) {
        return word.toLowerCase(Locale.ROOT).chars().sorted().toArray();
    }

    private static int distance(String word, String other) {
        // A word of any length comes from outside; its distance to a short one is at least the difference of the lengths.
        if (word.length() > 2 * other.length() + 2) return Integer.MAX_VALUE;
        return LevenshteinDistance.getDefaultInstance().apply(word.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
    }
}
