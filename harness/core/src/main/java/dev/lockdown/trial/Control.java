package dev.lockdown.trial;

/// What shows that a silent flow would have worked without the policy.
public sealed interface Control {
    record Proven(Grade grade) implements Control {}

    record Missing(String why) implements Control {}

    /// From the weakest to the strongest.
    enum Grade {
        EXEMPT_TWIN("an exempt twin gets through"), BASELINE("open in the baseline, both ends answer now"), REMOVAL(
            "open again after removal"), DATA_PLANE("the data plane names the rule");

        private final String words;

        Grade(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
