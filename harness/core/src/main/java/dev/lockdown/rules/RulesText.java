package dev.lockdown.rules;

import dev.lockdown.cluster.NodeDump;
import dev.lockdown.cluster.NodeDump.Kind;
import dev.lockdown.verdict.NodeRules;
import dev.lockdown.verdict.RuleWording;
import dev.lockdown.verdict.Wording;
import dev.lockdown.verdict.Cell;
import java.util.List;

/// The whole of what was found on a node about the flows of a step, as a file for people.
final class RulesText {
    private final StringBuilder text = new StringBuilder();

    private RulesText() {}

    static String of(List<Cell> cells, NodeDump dump) {
        var file = new RulesText();
        for (var cell : cells) cell.rules().stream().filter(r -> r.node().equals(dump.node())).forEach(r -> file.cell(cell, r));
        if (!dump.unread().isEmpty()) file.section("not read", dump.unread());
        for (var part : dump.parts())
            if (part.kind() == Kind.CONNTRACK || part.kind() == Kind.POLICIES || part.kind() == Kind.LOG)
                file.section(part.tool(), part.text().lines().toList());
        return file.text.toString();
    }

    private void cell(Cell cell, NodeRules rules) {
        line("%s: %s, expected %s".formatted(Wording.flow(cell), Wording.of(cell.verdict()), Wording.of(cell.question().wanted())));
        RuleWording.facts(rules).forEach(f -> line("  " + f));
        for (var chain : rules.chains()) {
            line("");
            line("  chain %s, table %s".formatted(chain.name(), chain.table()));
            chain.rules().forEach(r -> line("    " + r));
        }
        if (!rules.sets().isEmpty()) line("");
        rules.sets().forEach(s -> line("  " + RuleWording.of(s)));
        line("");
    }

    private void section(String title, List<String> lines) {
        line("--- %s".formatted(title));
        lines.forEach(this::line);
        line("");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
