package dev.lockdown.report.text;

import dev.lockdown.chaos.FateWording;
import dev.lockdown.chaos.TimeWording;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.DisruptionRun;
import dev.lockdown.report.FeatureRun;
import dev.lockdown.report.Run;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.report.StepRun;
import dev.lockdown.report.ShellWord;
import dev.lockdown.report.Symbol;
import dev.lockdown.report.RerunCommand;
import dev.lockdown.report.WindowGroup;
import dev.lockdown.verdict.Figures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The lines around the failures: the first, one a feature, and the last ones.
final class Summary {
    /// More are counted.
    private static final int MOST_DISRUPTIONS = 8;

    private static final int MOST_DISTRIBUTIONS = 8;

    private final Path folder;

    Summary(Path folder) {
        this.folder = folder;
    }

    /// `embedded · 2 nodes · seed 4711 · canary blocked after 3 ms`
    Styled header(Run run) {
        var parts = new ArrayList<String>();
        if (run.started() != null) parts.addAll(List.of(run.started().cluster(), "seed " + run.started().seed()));
        run.scenarios().stream().flatMap(s -> s.canaries().stream()).findFirst().ifPresent(c -> parts.add(canary(c)));
        return Styled.of(Style.DIM, String.join(" · ", parts));
    }

    /// `soak.feature:5, 12 min 0 s in: 1,200,000 samples of 50 flows, 34 windows, 17 disruptions, none missed`
    List<Styled> tally(Entry.WatchTally tally, ScenarioRun scenario, FeatureNames names, int width) {
        var watch = scenario.watches().stream().filter(w -> w.watched().watch() == tally.watch()).findFirst().orElseThrow();
        var missed =
            tally.missedTicks() == 0 ? "none missed" : "%s of each flow missed".formatted(Figures.count(tally.missedTicks(), "sample"));
        var line = "%s:%s, %s in: %s of %s, %s, %s, %s".formatted(names.of(scenario.started().feature()),
            Integer.toString(scenario.started().line()), Figures.duration(Duration.between(watch.watched().at(), tally.at())),
            Figures.count(tally.samples(), "sample"), Figures.count(watch.watched().flows().size(), "flow"),
            Figures.count(tally.windows(), "window"), Figures.count(scenario.disruptions().size(), "disruption"), missed);
        return hanging("", line, width);
    }

    /// What was asked of a watched flow, and what it came to.
    List<Styled> measured(Entry.Measured measured, int width) {
        return hanging("  ", TimeWording.of(measured.flow().toString(), measured.verdict()), width);
    }

    /// What was done to the cluster; a soak does so very often, and is told in one line.
    List<Styled> disrupted(ScenarioRun scenario, int width) {
        var all = scenario.disruptions();
        if (all.size() <= MOST_DISRUPTIONS) return all.stream().flatMap(d -> disrupted(scenario, d, width).stream()).toList();
        long whole = all.stream().filter(d -> d.healed() != null && d.healed().problem() == null).count();
        return List.of(Styled.of(Style.DIM, "  %s, %s".formatted(Figures.count(all.size(), "disruption"),
            whole == all.size() ? "all healed" : "%s of them not healed".formatted(Long.toString(all.size() - whole)))));
    }

    /// What was done to the cluster, when, and how it ended.
    private static List<Styled> disrupted(ScenarioRun scenario, DisruptionRun disruption, int width) {
        var when = Figures.duration(Duration.between(scenario.started().at(), disruption.began().at()));
        return hanging("  ", "%s, %s in: %s".formatted(disruption.words(), when, disruption.ending()), width);
    }

    /// What was asked of a held connection, and what it came to.
    List<Styled> fate(StepRun.FateAsked asked, int width) {
        return hanging("  ", FateWording.of(asked.recorded().flow().toString(), asked.again()), width);
    }

    /// Windows that came time after time, but those that a step told by itself.
    List<Styled> distributions(Run run, int width) {
        var groups = WindowGroup.shown(run.windowGroups()).stream().filter(g -> g.asked() == null || g.repetitions() > 1).toList();
        var lines = new ArrayList<Styled>();
        for (var g : groups.subList(0, Math.min(MOST_DISTRIBUTIONS, groups.size())))
            lines.addAll(hanging("  ", "%s %s".formatted(g.flow(),
                TimeWording.of(g.kind(), g.cause(), g.repetitions(), g.distribution(), g.proven())), width));
        if (groups.size() > MOST_DISTRIBUTIONS)
            lines.add(Styled.of(Style.DIM, "  and %s more in windows.json".formatted(
                Figures.count(groups.size() - MOST_DISTRIBUTIONS, "distribution"))));
        if (!lines.isEmpty()) lines.addFirst(Styled.of(Style.DIM, "windows that came again:"));
        return lines;
    }

    private static String canary(Entry.Canary canary) {
        return canary.problem() == null ? "canary blocked after " + Figures.duration(canary.blockedAfter()) : "canary failed";
    }

    /// `✓ aftermath.feature    7 scenarios   1.1 s`
    Styled feature(FeatureRun feature, FeatureNames names, int width) {
        int skipped = feature.counts().of(Status.SKIPPED);
        int total = feature.scenarios().size();
        var end = skipped == total ? Status.SKIPPED : Status.PASSED;
        int room = Math.min(names.width(), Math.max(20, width - 30));
        var name = Columns.left(Columns.cut(names.of(feature.path()), room), room);
        var count = String.format(Locale.ROOT, "%5d %s", total, total == 1 ? "scenario " : "scenarios");
        var took = Figures.duration(feature.took());
        return Styled.of(Style.of(end), Symbol.of(end) + " ").and(name + count)
            .and(Style.DIM, Columns.right(took, Math.max(8, took.length() + 1)) + (skipped == 0 ? "" : "   %s skipped".formatted(skipped)));
    }

    /// On what a scenario spent its time; nothing where that was little.
    List<Styled> spent(ScenarioRun scenario, int width) {
        var words = scenario.spentWords();
        return words.isEmpty() ? List.of()
            : hanging("  ", "line %s, %s: %s".formatted(Integer.toString(scenario.started().line()), Figures.duration(scenario.took()),
                words), width);
    }

    List<Styled> skipped(ScenarioRun scenario, int width) {
        return hanging("  skipped: ", scenario.skippedBecause(), width);
    }

    /// The counts, and as the very last line what to do next.
    List<Styled> end(Run run, int width) {
        var lines = new ArrayList<Styled>();
        var problem = run.problem();
        lines.add(counts(run));
        if (problem != null) lines.addAll(problem(problem));
        run.flaky().forEach(f -> lines.add(Styled.of(Style.DOUBT, "flaky:  ").and("%s:%s passed %s of %s times  ".formatted(f.feature(),
            Integer.toString(f.line()), Integer.toString(f.passed()), Integer.toString(f.times()))).and(Style.DIM, f.name())));
        lines.add(Styled.of("report: " + ShellWord.quoted(folder.resolve("report.html").toString())));
        boolean whole = run.counts().total() == run.selected();
        if (run.counts().faulty() > 0 || !whole) lines.add(Styled.of("rerun:  " + RerunCommand.failed(run, folder.toString())));
        return lines;
    }

    private static List<Styled> problem(String text) {
        var lines = new ArrayList<Styled>();
        for (var line : text.lines().toList())
            lines.add(lines.isEmpty() ? Styled.of(Style.BAD, "error: ").and(Style.BOLD, line) : Styled.of(line));
        return lines;
    }

    private static Styled counts(Run run) {
        var counts = run.counts();
        var line = new Styled(List.of());
        for (var status : Status.values()) {
            if (counts.of(status) == 0) continue;
            line = line.and(Style.of(status), counts.of(status) + " " + status.name().toLowerCase(Locale.ROOT)).and(Style.DIM, " · ");
        }
        int notRun = run.selected() - counts.total();
        if (notRun > 0) line = line.and(notRun + " not run").and(Style.DIM, " · ");
        if (counts.total() == 0 && notRun == 0) line = line.and(Style.BOLD, "no scenario was run").and(Style.DIM, " · ");
        return line.and(Figures.duration(run.took()));
    }

    private static List<Styled> hanging(String head, String text, int width) {
        var lines = new ArrayList<Styled>();
        for (var part : text.lines().flatMap(line -> Columns.wrap(line.strip(), width - head.length()).stream()).toList())
            lines.add(Styled.of(Style.DIM, (lines.isEmpty() ? head : " ".repeat(head.length())) + part));
        return lines;
    }
}
