package dev.lockdown.rehearsal.page;

import dev.lockdown.graph.GraphText;
import dev.lockdown.need.Purpose;
import dev.lockdown.rehearsal.Doubt;
import dev.lockdown.rehearsal.NeedResult;
import dev.lockdown.rehearsal.Rehearsed;
import dev.lockdown.rehearsal.Rehearsed.Way;
import java.util.ArrayList;
import java.util.List;

/// A rehearsal as Markdown, for a pull request or for the summary of a CI job: the picture as Mermaid, the needs by class, the proposals.
public final class RehearsalMarkdown {
    /// Longer tables are folded.
    private static final int SHORT = 12;
    private static final int MOST_OPEN = 20;

    private final Rehearsed rehearsed;
    private final List<String> lines = new ArrayList<>();

    private RehearsalMarkdown(Rehearsed rehearsed) {
        this.rehearsed = rehearsed;
    }

    public static List<String> lines(Rehearsed rehearsed) {
        return new RehearsalMarkdown(rehearsed).write();
    }

    private List<String> write() {
        lines.add("## %s %s".formatted(Mark.of(rehearsed).symbol(), text(Words.verdict(rehearsed))));
        lines.add("");
        lines.add(text(Words.proof(rehearsed)));
        lines.add("");
        if (rehearsed.results().stream().anyMatch(RehearsalGraph::isDrawn)) {
            lines.add("```mermaid");
            GraphText.mermaid(RehearsalGraph.of(rehearsed, State.HEALED)).lines().forEach(lines::add);
            lines.add("```");
            lines.add("");
        }
        if (rehearsed.policies() > 0) today();
        for (var purpose : Purpose.values()) needs(purpose);
        open("The proposals open besides what is needed:", rehearsed.opened());
        proposals();
        doubts();
        return lines;
    }

    private void today() {
        lines.add(text(Words.today(rehearsed)) + ".");
        lines.add("");
        open("Open today, and nobody needs it:", rehearsed.openToday());
    }

    private void needs(Purpose purpose) {
        var own = rehearsed.results().stream().filter(r -> r.need().purpose() == purpose).toList();
        if (own.isEmpty()) return;
        boolean isFolded = own.size() > SHORT;
        var heading = "%s: %s".formatted(Words.heading(purpose), Words.summary(own));
        lines.add(isFolded ? "<details><summary>" + text(heading) + "</summary>" : "**" + text(heading) + "**");
        lines.add("");
        var states = NeedRow.told(rehearsed);
        lines.add("| from | to | on | %s | because |".formatted(String.join(" | ", states.stream().map(State::words).toList())));
        lines.add("|---|---|---|" + "---|".repeat(states.size()) + "---|");
        for (var result : own) lines.add(row(result, states));
        lines.add("");
        if (isFolded) {
            lines.add("</details>");
            lines.add("");
        }
    }

    private static String row(NeedResult result, List<State> states) {
        var need = result.need();
        int more = need.because().size() - 1;
        return "| %s | %s | %s | %s | %s%s |".formatted(text(need.from().toString()), text(need.to().toString()), need.port(),
            String.join(" | ", states.stream().map(s -> Mark.of(s.of(result))).map(m -> m.symbol() + " " + m.word()).toList()),
            text(need.because().getFirst().toString()), more > 0 ? " and %s more".formatted(more) : "");
    }

    private void open(String heading, List<Way> ways) {
        if (ways.isEmpty()) return;
        lines.add(heading);
        lines.add("");
        var all = OpenWays.of(ways).toList();
        all.stream().limit(MOST_OPEN).forEach(o -> lines.add("- %s on %s from %s".formatted(text(o.end()), o.ports(), text(o.sources()))));
        if (all.size() > MOST_OPEN) lines.add("- and %s more ports".formatted(Words.number(all.size() - MOST_OPEN)));
        lines.add("");
    }

    private void proposals() {
        if (rehearsed.proposals().isEmpty()) return;
        lines.add("<details><summary>%s</summary>".formatted(Words.policies(rehearsed.proposals().size())));
        lines.add("");
        lines.add("```yaml");
        for (int i = 0; i < rehearsed.proposals().size(); i++) {
            if (i > 0) lines.add("---");
            rehearsed.proposals().get(i).yaml().lines().forEach(lines::add);
        }
        lines.add("```");
        lines.add("");
        lines.add("</details>");
        lines.add("");
    }

    private void doubts() {
        if (rehearsed.unproven().isEmpty() && rehearsed.assumed().isEmpty()) return;
        lines.add("**Not proven, assumed**");
        lines.add("");
        Doubt.of(rehearsed.unproven()).forEach(d -> lines.add("- " + said(d)));
        rehearsed.assumed().forEach(a -> lines.add("- assumed: " + text(a)));
        lines.add("");
    }

    private static String said(Doubt doubt) {
        var remedy = doubt.first().remedy();
        return text("%s: %s%s (%s)".formatted(doubt.whom(), doubt.why(), remedy.isEmpty() ? "" : "; to prove it: " + remedy,
            doubt.first().because()));
    }

    /// Text that Markdown leaves as it is, in a cell of a table and elsewhere.
    private static String text(String raw) {
        return raw.replace("&", "&amp;").replace("<", "&lt;").replace("\\", "\\\\").replace("|", "\\|").replace("*", "\\*")
            .replace("_", "\\_").replace("`", "\\`").replace("[", "\\[");
    }
}
