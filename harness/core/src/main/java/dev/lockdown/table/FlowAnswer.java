package dev.lockdown.table;

import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.policy.Explanation;
import dev.lockdown.policy.Oracle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/// Flows that have the same answer for the same policies, and why.
///
/// @param explanation of the first of them
public record FlowAnswer(List<Flow> flows, Explanation explanation) {
    public FlowAnswer {
        flows = List.copyOf(flows);
    }

    private record Likeness(String expected, List<NamespacedName> deciding) {}

    /// Group flows by their answer, most flows first.
    public static List<FlowAnswer> of(List<Flow> flows, Oracle oracle) {
        var groups = new LinkedHashMap<Likeness, List<Explanation>>();
        for (var flow : flows) {
            var explanation = oracle.explain(flow);
            groups.computeIfAbsent(new Likeness(SurveyWords.expected(explanation.expectation()), explanation.deciding()),
                _ -> new ArrayList<>()).add(explanation);
        }
        return groups.values().stream().map(g -> new FlowAnswer(g.stream().map(Explanation::flow).toList(), g.getFirst()))
            .sorted(Comparator.comparingInt(a -> -a.flows.size())).toList();
    }
}
