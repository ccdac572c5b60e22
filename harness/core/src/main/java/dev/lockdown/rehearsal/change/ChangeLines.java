package dev.lockdown.rehearsal.change;

import dev.lockdown.need.Need;
import dev.lockdown.rehearsal.Seen;
import dev.lockdown.rehearsal.Today;
import dev.lockdown.state.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A change for people: plain text for a terminal, Markdown for a pull request. Both have the same sentences.
public final class ChangeLines {
    /// GitHub takes no summary beyond 1 MiB, and nobody reads that far.
    private static final int MOST = 200;

    private final boolean markdown;
    private final List<String> lines = new ArrayList<>();

    private ChangeLines(boolean markdown) {
        this.markdown = markdown;
    }

    public static List<String> text(ApplicationChange change) {
        return new ChangeLines(false).of(change);
    }

    public static List<String> markdown(ApplicationChange change) {
        return new ChangeLines(true).of(change);
    }

    /// What it comes to, in one sentence.
    public static String headline(ApplicationChange change) {
        if (change.isHarmless()) return "This change breaks nothing that is needed and opens nothing that is not.";
        return "This change breaks %s and opens %s that nobody needs.".formatted(
            Counted.of(change.breaks().size(), "needed connection"), Counted.of(change.opens().size(), "connection"));
    }

    private List<String> of(ApplicationChange change) {
        lines.add((markdown ? "## " : "") + headline(change));
        part("Broken by this change", change.breaks(), ChangeLines::broken);
        part("Opened, needed by nobody", change.opens(), ChangeLines::open);
        part("Broken before and now", change.stillBroken(), ChangeLines::broken);
        part("Open to or from what is new, needed by nobody", change.openToNew(), ChangeLines::open);
        part("No longer needed", change.noLonger(), n -> List.of(ways(n.need()), n.stillOpen() ? "still allowed" : "not allowed either",
            place(n.need())));
        part("Needed now, and works", change.added(), n -> List.of(ways(n), "", place(n)));
        return lines;
    }

    private <T> void part(String title, List<T> items, Function<T, List<String>> cells) {
        if (items.isEmpty()) return;
        lines.add("");
        lines.add((markdown ? "### " : "") + "%s: %s".formatted(title, items.size()));
        if (markdown) {
            lines.add("");
            lines.add("| connection | why | where |");
            lines.add("|---|---|---|");
        }
        for (var item : items.subList(0, Math.min(items.size(), MOST))) {
            var row = cells.apply(item);
            if (markdown) lines.add("| %s |".formatted(String.join(" | ", row.stream().map(ChangeLines::cell).toList())));
            else {
                lines.add("  " + row.getFirst());
                row.subList(1, row.size()).stream().filter(c -> !c.isEmpty()).forEach(c -> lines.add("      " + c));
            }
        }
        if (items.size() > MOST) lines.add((markdown ? "\n" : "  ") + "and %s more".formatted(items.size() - MOST));
    }

    private static List<String> broken(Today.Result result) {
        return List.of(ways(result.need()), why(result), place(result.need()));
    }

    /// Why a need is broken, in a line.
    static String why(Today.Result result) {
        if (result.before() != Seen.OPEN) return "it does not work without policies either; look at the Service's selector and ports";
        return result.why().isEmpty() ? "denied" : result.why().getFirst();
    }

    private static List<String> open(Today.Open open) {
        return List.of(open.way().toString(),
            open.policies().isEmpty() ? "no policy isolates either end" : "allowed by " + String.join(", ", open.policies()), "");
    }

    private static String ways(Need need) {
        return need.toString();
    }

    private static String place(Need need) {
        return need.because().getFirst().toString();
    }

    /// A bar ends a cell, and markup in a name is none.
    private static String cell(String text) {
        return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ").replace("*", "\\*").replace("_",
            "\\_");
    }
}
