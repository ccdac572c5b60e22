package dev.lockdown.verdict;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Counted;
import dev.lockdown.state.Direction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says for people what nodes had programmed about a flow.
public final class RuleWording {
    /// Under a cell; the bundle has the rest.
    private static final int SHOWN = 3;

    private RuleWording() {}

    /// What was found on the nodes of a cell's ends, in a few lines: what is otherwise than expected first.
    public static List<String> brief(Cell cell) {
        var lines = new ArrayList<String>();
        for (var rules : cell.rules())
            for (var fact : rules.facts())
                if (!(fact instanceof RuleFact.AsExpected)) lines.add(onNode(rules) + of(fact));
        if (lines.isEmpty())
            for (var rules : cell.rules()) for (var fact : rules.facts()) lines.add(onNode(rules) + of(fact));
        for (var rules : cell.rules())
            if (rules.chains().isEmpty()) for (var unread : rules.unread()) lines.add(onNode(rules) + unread);
        return lines.stream().limit(SHOWN).toList();
    }

    private static String onNode(NodeRules rules) {
        return "on %s: ".formatted(place(rules));
    }

    /// `node-1 (kube-router 2.6.3)`
    public static String place(NodeRules rules) {
        return "%s%s".formatted(rules.node(), rules.plugin().isEmpty() ? "" : " (%s)".formatted(rules.plugin()));
    }

    /// The nodes of which cells tell, in their order.
    public static List<String> nodes(List<Cell> cells) {
        return cells.stream().flatMap(c -> c.rules().stream()).map(NodeRules::node).distinct().toList();
    }

    /// What was found on a node about the flows of a step: of each flow what is otherwise than expected, and the sets that its rules ask; then all
    /// chains, each once. Empty where nothing was.
    public static List<String> whole(List<Cell> cells, String node) {
        var lines = new ArrayList<String>();
        var chains = new LinkedHashMap<String, Set<String>>();
        for (var cell : cells)
            for (var rules : cell.rules()) {
                if (!rules.node().equals(node)) continue;
                lines.add(
                    "%s: %s, expected %s".formatted(Wording.flow(cell), Wording.of(cell.verdict()), Wording.of(cell.question().wanted())));
                rules.facts().forEach(f -> lines.add("  " + of(f)));
                rules.sets().forEach(s -> lines.add("  " + of(s)));
                for (var chain : rules.chains())
                    chains.computeIfAbsent("chain %s, table %s".formatted(chain.name(), chain.table()), _ -> new LinkedHashSet<>())
                        .addAll(chain.rules());
            }
        chains.forEach((chain, rules) -> {
            lines.addAll(List.of("", chain));
            rules.forEach(r -> lines.add("  " + r));
        });
        return lines;
    }

    public static String of(RuleFact fact) {
        return switch (fact) {
            case RuleFact.NoChain(var direction, var address) ->
                "no rule leads what %s %s to the chains of policies".formatted(direction == Direction.INGRESS ? "goes to" : "comes from",
                    address);
            case RuleFact.NoRule(var direction, var policy) ->
                "policy %s should let it %s, and the flow comes by no rule of it".formatted(policy, way(direction));
            case RuleFact.NoPort(var direction, var policy, var chain, var port) ->
                "chain %s (policy %s) has no rule that lets it %s%s".formatted(chain, policy, way(direction),
                    port == null ? "" : " on " + port);
            case RuleFact.SetLacks(var direction, var policy, var chain, var set, var address) ->
                "set %s lacks %s, which the oracle expects in it; chain %s (policy %s) asks it to let the flow %s"
                    .formatted(set, address, chain, policy, way(direction));
            case RuleFact.LetsThrough(var direction, var policy, var chain, _) ->
                "a rule of chain %s lets it %s, which policy %s does not say".formatted(chain, way(direction), policy);
            case RuleFact.SetHas(_, var policy, _, var set, var address) ->
                "set %s (policy %s) has %s, which the oracle does not expect in it".formatted(set, policy, address);
            case RuleFact.AsExpected(var direction) ->
                "the rules for %s are as the oracle expects".formatted(direction);
        };
    }

    private static String way(Direction direction) {
        return direction == Direction.INGRESS ? "in" : "out";
    }

    public static String of(NodeRules.SetSeen set) {
        var said = new ArrayList<String>();
        said.add("set %s%s: %s".formatted(set.name(), policy(set.policy()), Counted.of(set.size(), "member")));
        said.add("the source is %sin it".formatted(set.source() ? "" : "not "));
        said.add("the destination is %sin it".formatted(set.destination() ? "" : "not "));
        if (!set.missing().isEmpty()) said.add("expected and missing: " + String.join(", ", set.missing()));
        if (!set.unexpected().isEmpty()) said.add("there and not expected: " + String.join(", ", set.unexpected()));
        return String.join("; ", said);
    }

    private static String policy(@Nullable NamespacedName policy) {
        return policy == null ? "" : " (policy %s)".formatted(policy);
    }
}
