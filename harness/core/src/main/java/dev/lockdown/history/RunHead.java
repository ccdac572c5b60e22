package dev.lockdown.history;

import dev.lockdown.journal.Entry.Status;
import java.util.List;

/// Of a run what its file begins with: enough for a grid, for rates and for trends, without the verdicts.
///
/// @param shape the same for runs whose scenarios and windows have the same names, in the same order
/// @param ended how the scenarios ended, in the order of [RunDigest#scenarios]
/// @param medianMicros of the windows of all scenarios, in their order; -1 where none ended
public record RunHead(RunInfo info, String shape, List<Ended> ended, List<Long> medianMicros) {
    public RunHead {
        ended = List.copyOf(ended);
        medianMicros = List.copyOf(medianMicros);
    }

    /// How a scenario ended, in one letter.
    public enum Ended {
        PASSED('p'), FAILED('f'), INCONCLUSIVE('i'), SKIPPED('s'), BROKEN('b'),
        /// Passed some of the times that it was run.
        FLAKY('k');

        private final char letter;

        Ended(char letter) {
            this.letter = letter;
        }

        public static Ended of(ScenarioDigest scenario) {
            return scenario.isFlaky() ? FLAKY : of(scenario.worst());
        }

        public static Ended of(Status status) {
            return switch (status) {
                case BROKEN -> BROKEN;
                case FAILED -> FAILED;
                case INCONCLUSIVE -> INCONCLUSIVE;
                case SKIPPED -> SKIPPED;
                case PASSED -> PASSED;
            };
        }

        /// Whether a reader must look at it.
        public boolean isFaulty() {
            return this != PASSED && this != SKIPPED;
        }

        char letter() {
            return letter;
        }

        /// @throws IllegalArgumentException if there is none of that letter
        static Ended ofLetter(char letter) {
            for (var ended : values()) if (ended.letter == letter) return ended;
            throw new IllegalArgumentException("no scenario ends with " + letter);
        }
    }

    public long count(Ended how) {
        return ended.stream().filter(e -> e == how).count();
    }
}
