package dev.lockdown.chaos;

import java.time.Duration;

/// What a step says of a watched flow.
public sealed interface TimeClaim {
    /// It was open before the last change, and shut so soon after it was sent.
    record CutOff(Duration within) implements TimeClaim {}

    /// It was shut before the last change, and open so soon after it was sent.
    record Back(Duration within) implements TimeClaim {}

    /// Since the watch began nothing got through, or never for longer.
    ///
    /// @param longerThan zero where not at all
    record NeverOpen(Duration longerThan) implements TimeClaim {}

    /// Since the watch began everything got through, or it was never otherwise for longer.
    ///
    /// @param longerThan zero where not at all
    record NeverShut(Duration longerThan) implements TimeClaim {}

    /// The time that it names; zero where it names none.
    default Duration bound() {
        return switch (this) {
            case CutOff(var within) -> within;
            case Back(var within) -> within;
            case NeverOpen(var longer) -> longer;
            case NeverShut(var longer) -> longer;
        };
    }
}
