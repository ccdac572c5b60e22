package dev.lockdown.verdict;

/// What shows that a silent flow would have worked without the policy.
public sealed interface Control {
    /// Nothing was silent, so nothing had to be shown.
    record NotNeeded() implements Control {}

    record Proven(Grade grade) implements Control {}

    record Missing(Lack lack) implements Control {}

    /// From the weakest to the strongest.
    enum Grade {
        /// A pod that no policy isolates gets through.
        EXEMPT_TWIN,
        /// The same flow was open before the first policy, and both ends answer now.
        BASELINE,
        /// The flow is open again after the policy's removal.
        REMOVAL,
        /// The data plane itself names the rule that stopped it.
        DATA_PLANE
    }
}
