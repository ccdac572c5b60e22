package dev.lockdown.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/// "Did you mean": the known text with the least edits.
final class Nearest {
    private Nearest() {}

    static Optional<String> of(String text, Collection<String> known) {
        var distance = LevenshteinDistance.getDefaultInstance();
        return known.stream().min(Comparator.comparingInt(k -> distance.apply(k, text)));
    }

    /// A hint to append, or nothing where no text is near.
    static String hint(String text, Collection<String> known) {
        return of(text, known).filter(n -> LevenshteinDistance.getDefaultInstance().apply(n, text) <= Math.max(2, text.length() / 3))
            .map(n -> "; did you mean \"%s\"?".formatted(n)).orElse("");
    }
}
