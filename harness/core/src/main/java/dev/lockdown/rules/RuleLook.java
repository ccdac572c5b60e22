package dev.lockdown.rules;

import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.NodeDump;
import dev.lockdown.state.NetworkPlugin;
import dev.lockdown.verdict.Cell;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Looks, while verdicts differ, at what the nodes have programmed about their flows, and keeps the whole of it. Asks nothing where all
/// agree.
public final class RuleLook {
    /// Of a step; more of them hardly have other reasons.
    private static final int MOST = 10;

    private final Cluster cluster;
    private final InstantSource clock;
    private final Map<String, String> files = new LinkedHashMap<>();
    private Instant changed;

    public RuleLook(Cluster cluster, InstantSource clock) {
        this.cluster = cluster;
        this.clock = clock;
        changed = clock.instant();
    }

    /// Policies are about to change: what agents write from now on is of interest.
    public void changing() {
        changed = clock.instant();
    }

    /// What a step came to.
    public record Step(int line, List<Cell> cells) {
        public Step {
            cells = List.copyOf(cells);
        }

        private List<Cell> differing() {
            return cells.stream().filter(RuleLook::differs).limit(MOST).toList();
        }
    }

    private static boolean differs(Cell cell) {
        return !cell.agrees() && !cell.inconclusive();
    }

    /// The same steps, their first differing cells with what was found.
    public List<Step> at(List<Step> steps) {
        var rules = new FlowRules(cluster.state(), cluster.addresses(), plugin(steps));
        var asked = steps.stream().flatMap(s -> s.differing().stream()).flatMap(c -> rules.asked(c).stream()).distinct().toList();
        if (asked.isEmpty()) return steps;
        var dumps = cluster.dumps(asked, Duration.between(changed, clock.instant()));
        return dumps.isEmpty() ? steps : steps.stream().map(s -> added(s, rules, dumps)).toList();
    }

    private String plugin(List<Step> steps) {
        if (steps.stream().allMatch(s -> s.differing().isEmpty())) return "";
        return cluster.networkPlugins().stream().map(NetworkPlugin::toString).collect(Collectors.joining(", "));
    }

    private Step added(Step step, FlowRules rules, List<NodeDump> dumps) {
        var differing = step.differing();
        if (differing.isEmpty()) return step;
        var found = new ArrayList<Cell>();
        int looked = 0;
        for (var cell : step.cells)
            found.add(differs(cell) && looked++ < MOST ? cell.found(rules.of(cell, dumps, d -> file(step, d))) : cell);
        for (var dump : dumps) {
            var text = RulesText.of(found, dump);
            if (!text.isEmpty()) files.put(file(step, dump), text + notLooked(step));
        }
        return new Step(step.line, found);
    }

    private static String notLooked(Step step) {
        long all = step.cells.stream().filter(RuleLook::differs).count();
        return all <= MOST ? "" : "%s more flows of this step differ, which were not looked at\n".formatted(all - MOST);
    }

    private static String file(Step step, NodeDump dump) {
        return "rules-line-%s-%s.txt".formatted(Integer.toString(step.line), dump.node().replaceAll("[^a-zA-Z0-9._-]", "-"));
    }

    /// The whole of what was found so far, by the names of files.
    public Map<String, String> files() {
        return Map.copyOf(files);
    }
}
