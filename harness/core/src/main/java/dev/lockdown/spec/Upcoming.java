package dev.lockdown.spec;

import dev.lockdown.cluster.Requirements;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What the scenarios of a run ask of its cluster that are still to come.
public interface Upcoming {
    /// Where nobody has looked.
    Upcoming UNKNOWN = _ -> List.of();

    /// What is asked behind a scenario, in the order in which it comes.
    ///
    /// @param scenario `path:line`
    List<Requirements> after(String scenario);

    /// Those of scenarios that come one after another.
    ///
    /// @param scenarios in order, each `path:line`
    /// @param asked what they ask, as far as it is known
    static Upcoming of(List<String> scenarios, Map<String, Requirements> asked) {
        return scenario -> scenarios.stream().skip(scenarios.indexOf(scenario) + 1L).map(asked::get).filter(Objects::nonNull).toList();
    }
}
