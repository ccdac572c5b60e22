package dev.lockdown.trial;

import dev.lockdown.flow.Probe;
import org.jspecify.annotations.Nullable;

/// One thing that a Then step claims.
///
/// @param line in the feature: of the table's row, or of the step
/// @param row label of the table's row, or the probe in words
/// @param column label of the table's column, or null
/// @param by what a host outside is known by
public record Question(Probe probe, Wanted wanted, int line, String row, @Nullable String column, By by) {
    public static Question of(Probe probe, Wanted wanted, int line) {
        return new Question(probe, wanted, line, probe.toString(), null, By.ADDRESS);
    }

    /// The same, as an application does it: a host outside must be found by its name as well.
    public Question byName() {
        return new Question(probe, wanted, line, row, column, By.NAME);
    }

    public enum By {
        ADDRESS, NAME
    }
}
