package dev.lockdown.mutation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of all changes of all policies.
public record Fates(int policies, List<Fate> all) {
    public Fates {
        all = List.copyOf(all);
    }

    /// What became of one change.
    ///
    /// @param change `allow-dns egress[0].ports[1] left out`
    /// @param scenarios that apply the policy, as `path:line`
    /// @param noticedBy the scenario that turned red, or null
    public record Fate(String file, int line, String change, List<String> scenarios, @Nullable String noticedBy) {
        public Fate {
            scenarios = List.copyOf(scenarios);
        }
    }

    /// Those that no scenario noticed.
    public List<Fate> unnoticed() {
        return all.stream().filter(f -> f.noticedBy() == null).toList();
    }

    /// How many of a hundred changes were noticed, rounded down; 100 where there are none.
    public int percentNoticed() {
        return all.isEmpty() ? 100 : (int) ((all.size() - unnoticed().size()) * 100L / all.size());
    }
}
