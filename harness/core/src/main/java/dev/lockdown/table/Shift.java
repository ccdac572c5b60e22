package dev.lockdown.table;

import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.yaml.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Flows between two workloads, or other ends, that one state demands otherwise than the one before.
///
/// @param from what the sources are together, such as `shop/web ×30`
/// @param was the word of the former expectation; empty where these ends were not there
/// @param is the word of the expectation now
/// @param flows at least one
public record Shift(Kind kind, String from, String to, String was, String is, List<Flow> flows, List<Reason> reasons) {
    public Shift {
        flows = List.copyOf(flows);
        reasons = List.copyOf(reasons);
    }

    /// How a flow changed.
    public enum Kind {
        OPENED("opened"), SHUT("shut"),
        /// The flow was not there before, and is allowed.
        NEW("new");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /// What makes the difference.
    ///
    /// @param text a clause for people
    /// @param policy the policy that it is about, or null where none has a say any more
    /// @param path of the rule in the policy, or empty
    public record Reason(String text, @Nullable NamespacedName policy, String path, @Nullable Position at) {
        @Override
        public String toString() {
            return at == null ? text : "%s (%s:%s)".formatted(text, at.file(), at.line());
        }
    }
}
