package dev.lockdown.policy;

import java.util.List;

/// What the policies demand of a flow, whoever listens or not.
///
/// The reasons are made when somebody reads them, so that a million expectations cost no text.
public sealed interface Expectation {

    /// The chain of reasons, one line each, first the short one: `denied by shop/deny-all (egress of shop/web)`.
    List<String> because();

    record Allowed(List<String> because) implements Expectation {
        public Allowed {
            because = LazyLines.unmodifiable(because);
        }
    }

    record Denied(List<String> because) implements Expectation {
        public Denied {
            because = LazyLines.unmodifiable(because);
        }
    }

    /// Allowed to some of a Service's backends and denied to others, so that a dial's fate depends on which one it gets.
    record Split(List<String> because) implements Expectation {
        public Split {
            because = LazyLines.unmodifiable(because);
        }
    }

    /// The API leaves it open.
    ///
    /// @param reference where it says so
    record Unspecified(String reference, List<String> because) implements Expectation {
        public Unspecified {
            because = LazyLines.unmodifiable(because);
        }
    }
}
