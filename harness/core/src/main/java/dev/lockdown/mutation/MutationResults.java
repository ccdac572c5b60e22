package dev.lockdown.mutation;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What became of all changes of all policies.
public record MutationResults(int policies, List<Result> all) {
    public MutationResults {
        all = List.copyOf(all);
    }

    /// What became of one change.
    ///
    /// @param change `allow-dns egress[0].ports[1] left out`
    /// @param scenarios that apply the policy, as `path:line`
    /// @param noticedBy the scenario that turned red, or null
    public record Result(String file, int line, String change, List<String> scenarios, @Nullable String noticedBy) {
        public Result {
            scenarios = List.copyOf(scenarios);
        }
    }

    /// Those that no scenario noticed.
    public List<Result> unnoticed() {
        return all.stream().filter(f -> f.noticedBy() == null).toList();
    }

    /// How many of a hundred changes were noticed, rounded down; none where there was nothing to change.
    public OptionalInt percentNoticed() {
        return all.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) ((all.size() - unnoticed().size()) * 100L / all.size()));
    }
}
