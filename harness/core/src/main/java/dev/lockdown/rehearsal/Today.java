package dev.lockdown.rehearsal;

import dev.lockdown.need.Need;
import dev.lockdown.need.Party;
import dev.lockdown.need.Unproven;
import dev.lockdown.rehearsal.Rehearsed.Way;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An application under its own policies.
///
/// @param stage what it was played on, for people
/// @param parties all that stand on the stage
/// @param results of every need, sorted as needs are
/// @param ways by which the needs that work go, after DNAT
/// @param open what is open and nobody needs
public record Today(String stage, Set<Party> parties, List<Result> results, Map<Need, List<Way>> ways, List<Open> open,
        List<Unproven> unproven) {
    public Today {
        parties = Set.copyOf(parties);
        results = List.copyOf(results);
        ways = Map.copyOf(ways);
        open = List.copyOf(open);
        unproven = List.copyOf(unproven);
    }

    /// @param before any policy
    /// @param now under the application's own
    /// @param why the policies refuse it; empty where they do not
    public record Result(Need need, Seen before, Seen now, List<String> why) {
        public Result {
            why = List.copyOf(why);
        }

        /// Whether it would work and the policies refuse it.
        public boolean isBroken() {
            return before == Seen.OPEN && (now == Seen.BLOCKED || now == Seen.SOME);
        }
    }

    /// @param policies that let it through, as `shop/allow-web`; none where nothing isolates its ends
    public record Open(Way way, List<String> policies) {
        public Open {
            policies = List.copyOf(policies);
        }
    }
}
