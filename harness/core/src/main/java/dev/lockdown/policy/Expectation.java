package dev.lockdown.policy;

import java.util.List;

/// What the policies demand of a flow, whoever listens or not.
public sealed interface Expectation {

    /// The chain of reasons, one line each, such as `denied by shop/deny-all (egress of shop/web)`.
    List<String> because();

    record Allowed(List<String> because) implements Expectation {
        public Allowed {
            because = List.copyOf(because);
        }
    }

    record Denied(List<String> because) implements Expectation {
        public Denied {
            because = List.copyOf(because);
        }
    }

    /// The API leaves it open.
    ///
    /// @param reference where it says so
    record Unspecified(String reference, List<String> because) implements Expectation {
        public Unspecified {
            because = List.copyOf(because);
        }
    }
}
