package dev.lockdown.fingerprint;

import java.time.Instant;
import java.util.List;

/// The behaviours of one cluster.
///
/// @param cluster in words, with its CNI where that is known
/// @param at when the first was measured
public record Fingerprint(String cluster, Instant at, List<Trait> traits) {
    public Fingerprint {
        traits = List.copyOf(traits);
    }

    /// As Markdown: a table with a row for each trait.
    public String markdown() {
        var text = new StringBuilder("# Fingerprint of %s\n\n| what | answer | samples | how |\n|---|---|---|---|\n".formatted(cluster));
        for (var trait : traits)
            text.append("| %s | %s | %s | %s |\n".formatted(cell(trait.question()), cell(trait.answer()), Integer.toString(trait.samples()),
                cell(trait.method())));
        return text.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
