package dev.lockdown.rehearsal;

import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.need.Need;
import dev.lockdown.policy.Expectation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The flows of all needs, asked together.
final class Asked {
    private final List<Need> needs;
    private final Map<Need, List<Flow>> flows = new HashMap<>();
    private final List<Flow> all = new ArrayList<>();

    Asked(List<Need> needs, NeedFlows needFlows) {
        this.needs = needs;
        for (var need : needs) {
            var own = needFlows.of(need);
            flows.put(need, own);
            all.addAll(own);
        }
    }

    Map<Need, Seen> on(Stage stage) {
        var answers = stage.ask(all).iterator();
        var seen = new HashMap<Need, Seen>();
        for (var need : needs) seen.put(need, Seen.all(flows.getOrDefault(need, List.of()).stream().map(_ -> answers.next()).toList()));
        return seen;
    }

    /// Why the policies on a stage refuse what was seen to be refused.
    Map<Need, List<String>> because(Stage stage, Map<Need, Seen> seen) {
        var because = new HashMap<Need, List<String>>();
        for (var need : needs) {
            var own = flows.getOrDefault(need, List.of());
            if (own.isEmpty() || seen.get(need) != Seen.BLOCKED && seen.get(need) != Seen.SOME) continue;
            because.put(need, because(stage, own));
        }
        return because;
    }

    /// To a pod of the API server's own node the API leaves open what is denied to the others, so they come first.
    private static List<String> because(Stage stage, List<Flow> flows) {
        var demands = flows.stream().map(stage.oracle()::expect).toList();
        for (var demand : demands) if (demand instanceof Expectation.Denied) return demand.because();
        var because = new ArrayList<>(demands.getFirst().because());
        var policies = stage.oracle().deciding(flows.getFirst()).stream().map(NamespacedName::toString).collect(Collectors.joining(", "));
        if (!because.isEmpty() && !policies.isEmpty())
            because.set(0, "denied by %s, which the API leaves to the network plugin; %s".formatted(policies, because.getFirst()));
        return because;
    }
}
