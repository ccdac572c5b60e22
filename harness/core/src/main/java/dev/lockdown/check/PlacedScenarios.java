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
public record PlacedScenarios(String cluster, List<Scenario> scenarios, Map<String, String> refusals) {
    public PlacedScenarios {
        scenarios = List.copyOf(scenarios);
        refusals = Map.copyOf(refusals);
    }

    public static PlacedScenarios of(FeaturesCheck check, String cluster, Provision provision) {
        var refusals = new LinkedHashMap<String, String>();
        for (var scenario : check.scenarios())
            provision.refusal(scenario.requirements()).ifPresent(why -> refusals.put(scenario.place(), why));
        return new PlacedScenarios(cluster, check.scenarios(), refusals);
    }

    /// For people, the scenarios of one reason together.
    public List<String> lines() {
        var byReason = new LinkedHashMap<String, List<Scenario>>();
        for (var scenario : scenarios) {
            var why = refusals.get(scenario.place());
            if (why != null) byReason.computeIfAbsent(why, _ -> new ArrayList<>()).add(scenario);
        }
        var lines = new ArrayList<String>();
        byReason.forEach((why, skipped) -> {
            lines.add("skipped on %s: %s".formatted(cluster, OutsideText.inOneLine(why)));
            for (var scenario : skipped)
                lines.add("  %s  %s".formatted(OutsideText.inOneLine(scenario.place()), OutsideText.inOneLine(scenario.name())));
        });
        lines
            .add("%s of %s can run on %s".formatted(scenarios.size() - refusals.size(), Counted.of(scenarios.size(), "scenario"), cluster));
        return lines;
    }
}
