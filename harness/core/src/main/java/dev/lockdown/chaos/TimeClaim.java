package dev.lockdown.chaos;

import java.time.Duration;

/// What a step says of a watched flow.
public sealed interface TimeClaim {
    /// It was open before the last change, and shut so soon after it was sent.
    record CutOff(Duration within, Times times) implements TimeClaim {
        public CutOff(Duration within) {
            this(within, Times.ONCE);
        }
    }

    /// It was shut before the last change, and open so soon after it was sent.
    record Back(Duration within, Times times) implements TimeClaim {
        public Back(Duration within) {
            this(within, Times.ONCE);
        }
    }

    /// How many of the last turns must have been in time.
    record Times(int needed, int of) {
        /// The one that the last change brought.
        public static final Times ONCE = new Times(1, 1);

        public Times {
            if (needed < 1 || needed > of)
                throw new IllegalArgumentException("%s of %s times cannot be".formatted(Integer.toString(needed), Integer.toString(of)));
        }
    }

    /// Since the watch began nothing got through, or never for longer.
    ///
    /// @param longerThan zero where not at all
    /// @param outside whether what was seen during disruptions does not count
    record NeverOpen(Duration longerThan, boolean outside) implements TimeClaim {
        public NeverOpen(Duration longerThan) {
            this(longerThan, false);
        }
    }

    /// Since the watch began everything got through, or it was never otherwise for longer.
    ///
    /// @param longerThan zero where not at all
    /// @param outside whether what was seen during disruptions does not count
    record NeverShut(Duration longerThan, boolean outside) implements TimeClaim {
        public NeverShut(Duration longerThan) {
            this(longerThan, false);
        }
    }

    /// Whether what was seen during disruptions does not count.
    default boolean isOutside() {
        return switch (this) {
            case CutOff _, Back _ -> false;
            case NeverOpen(_, var outside) -> outside;
            case NeverShut(_, var outside) -> outside;
        };
    }

    /// The time that it names; zero where it names none.
    default Duration bound() {
        return switch (this) {
            case CutOff(var within, _) -> within;
            case Back(var within, _) -> within;
            case NeverOpen(var longer, _) -> longer;
            case NeverShut(var longer, _) -> longer;
        };
    }

    default Times times() {
        return switch (this) {
            case CutOff(_, var times) -> times;
            case Back(_, var times) -> times;
            case NeverOpen _, NeverShut _ -> Times.ONCE;
        };
    }
}
