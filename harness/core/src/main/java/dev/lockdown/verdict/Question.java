package dev.lockdown.verdict;

import dev.lockdown.flow.Probe;
import org.jspecify.annotations.Nullable;

/// One thing that a verdict step claims.
///
/// @param line in the feature: of the table's row, or of the step
/// @param label where it stands in a truth table, or null where the step has none
/// @param by what a host outside is known by
public record Question(Probe probe, Wanted wanted, int line, @Nullable Label label, By by) {
    public static Question of(Probe probe, Wanted wanted, int line) {
        return new Question(probe, wanted, line, null, By.ADDRESS);
    }

    /// A cell of a truth table.
    public static Question in(Label label, Probe probe, Wanted wanted, int line) {
        return new Question(probe, wanted, line, label, By.ADDRESS);
    }

    /// The same, as an application does it: a host outside must be found by its name as well.
    public Question byName() {
        return new Question(probe, wanted, line, label, By.NAME);
    }

    /// The headings of a truth table's row and column, as they are written in the feature.
    public record Label(String row, String column) {}

    public enum By {
        ADDRESS, NAME
    }
}
