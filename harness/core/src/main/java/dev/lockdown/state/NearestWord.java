package dev.lockdown.state;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/// "Did you mean …?": which of the words that would have been right was probably meant. The one threshold for commands, options, fields,
/// kinds and names.
public final class NearestWord {
    private NearestWord() {}

    /// Give the known word of which this one is probably a slip.
    public static Optional<String> of(String word, Collection<String> known) {
        return known.stream().filter(k -> isNear(word, k)).min(Comparator.comparingInt(k -> distance(word, k)));
    }

    /// Whether a word is probably a slip of the other: wrong case, a letter in four missing, added or changed, or all of them there in
    /// another order.
    public static boolean isNear(String word, String other) {
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
