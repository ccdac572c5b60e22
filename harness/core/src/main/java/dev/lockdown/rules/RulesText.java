package dev.lockdown.rules;

import dev.lockdown.cluster.NodeDump;
import dev.lockdown.cluster.NodeDump.Kind;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.RuleWording;
import java.util.List;

/// The whole of what was found on a node about the flows of a step, as a file for people.
final class RulesText {
    /// Of what connection tracking knows of a flow; a step asks often.
    private static final int TRACKED = 12;

    private final StringBuilder text = new StringBuilder();

    private RulesText() {}

    static String of(List<Cell> cells, NodeDump dump) {
        var file = new RulesText();
        RuleWording.whole(cells, dump.node()).forEach(file::line);
        if (!dump.unread().isEmpty()) file.section("not read", dump.unread());
        for (var part : dump.parts()) {
            var lines = part.text().lines().toList();
            if (part.kind() == Kind.CONNTRACK) file.section(part.tool(), first(lines));
            if (part.kind() == Kind.POLICIES || part.kind() == Kind.LOG) file.section(part.tool(), lines);
        }
        return file.text.toString();
    }

    private static List<String> first(List<String> lines) {
        return lines.size() <= TRACKED ? lines : lines.subList(0, TRACKED);
    }

    private void section(String title, List<String> lines) {
        line("");
        line("--- %s".formatted(title));
        lines.forEach(this::line);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
