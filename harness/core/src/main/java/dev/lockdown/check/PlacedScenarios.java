package dev.lockdown.check;

import dev.lockdown.check.FeatureCheck.Scenario;
import dev.lockdown.cluster.Provision;
import dev.lockdown.state.Counted;
import dev.lockdown.state.OutsideText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which scenarios of a selection a cluster has a place for.
///
/// @param cluster how it was chosen, for people
/// @param refusals why scenarios are skipped there, by their places; the others run
/// @param conditions on what it depends whether some of those do, which nobody knows before
public record PlacedScenarios(String cluster, List<Scenario> scenarios, Map<String, String> refusals, Map<String, String> conditions) {
    public PlacedScenarios {
        scenarios = List.copyOf(scenarios);
        refusals = Map.copyOf(refusals);
        conditions = Map.copyOf(conditions);
    }

    public static PlacedScenarios of(FeaturesCheck check, String cluster, Provision provision) {
        var refusals = new LinkedHashMap<String, String>();
        var conditions = new LinkedHashMap<String, String>();
        for (var scenario : check.scenarios())
            provision.refusal(scenario.requirements()).ifPresentOrElse(why -> refusals.put(scenario.place(), why),
                () -> provision.condition(scenario.requirements()).ifPresent(what -> conditions.put(scenario.place(), what)));
        return new PlacedScenarios(cluster, check.scenarios(), refusals, conditions);
    }

    /// For people, the scenarios of one reason together.
    public List<String> lines() {
        var lines = new ArrayList<String>();
        tell("skipped on", refusals, lines);
        tell("perhaps skipped on", conditions, lines);
        lines
            .add("%s of %s can run on %s".formatted(scenarios.size() - refusals.size(), Counted.of(scenarios.size(), "scenario"), cluster));
        return lines;
    }

    private void tell(String what, Map<String, String> reasons, List<String> lines) {
        var byReason = new LinkedHashMap<String, List<Scenario>>();
        for (var scenario : scenarios) {
            var why = reasons.get(scenario.place());
            if (why != null) byReason.computeIfAbsent(why, _ -> new ArrayList<>()).add(scenario);
        }
        byReason.forEach((why, of) -> {
            lines.add("%s %s: %s".formatted(what, cluster, OutsideText.inOneLine(why)));
            for (var scenario : of)
                lines.add("  %s  %s".formatted(OutsideText.inOneLine(scenario.place()), OutsideText.inOneLine(scenario.name())));
        });
    }
}
