package dev.lockdown.policy;

import dev.lockdown.flow.NamespacedName;
import java.util.function.Supplier;

/// What one entry of one rule says of a flow.
public sealed interface Reading {
    NamespacedName policy();

    RulePath path();

    record Admits(NamespacedName policy, RulePath path) implements Reading {
        @Override
        public String toString() {
            return policy + " " + path + " admits it";
        }
    }

    /// The entry admits the flow under one permitted reading of the API and not under another.
    record Unsettled(NamespacedName policy, RulePath path, OpenQuestion question) implements Reading {
        @Override
        public String toString() {
            return policy + " " + path + " may admit it: " + question.sentence();
        }
    }

    /// The entry does not admit the flow.
    ///
    /// @param reason makes the words of [#why], which few of a thousand misses are asked for
    /// @param distance the number of things that would have to be otherwise, for sorting: the nearest miss first
    record Misses(NamespacedName policy, RulePath path, Supplier<String> reason, int distance) implements Reading {

        /// By what it missed, such as `namespace matches; label app=web, wanted app=api`.
        public String why() {
            return reason.get();
        }

        @Override
        public String toString() {
            return policy + " " + path + " misses: " + why();
        }
    }
}
