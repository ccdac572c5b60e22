package dev.lockdown.trial;

import dev.lockdown.flow.Probe;
import org.jspecify.annotations.Nullable;

/// One thing that a Then step claims.
///
/// @param line in the feature: of the table's row, or of the step
/// @param row label of the table's row, or the probe in words
/// @param column label of the table's column, or null
public record Question(Probe probe, Wanted wanted, int line, String row, @Nullable String column) {
    public static Question of(Probe probe, Wanted wanted, int line) {
        return new Question(probe, wanted, line, probe.toString(), null);
    }
}
