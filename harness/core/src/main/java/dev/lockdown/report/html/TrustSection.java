package dev.lockdown.report.html;

import dev.lockdown.journal.Edit;
import dev.lockdown.journal.Entry;
import dev.lockdown.report.CellCounts;
import dev.lockdown.report.Probes;
import dev.lockdown.report.Run;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.verdict.Control;
import dev.lockdown.verdict.Figures;
import dev.lockdown.verdict.SentinelPlace;
import dev.lockdown.verdict.Wording;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Why to trust the verdicts: the canary, the controls behind what is blocked, and how fast policies were seen to be enforced.
///
/// @param canaries how long it took to be blocked, none if it never was tried
/// @param canaryFlows what each of them tried
/// @param slowest the changes that took longest to be enforced, slowest first
record TrustSection(Times canaries, List<String> canaryProblems, List<String> canaryFlows, List<Grade> grades, String blocked,
        Times enforcement,
        List<Enforced> slowest, String asked, String baseline) {
    private static final int SLOWEST = 10;

    record Grade(String name, String count) {}

    record Enforced(String change, String scenario, String anchor, String time) {}

    /// @param present whether there are any
    record Times(boolean present, int count, String median, String longest) {
        /// `12 times`
        public String often() {
            return Figures.count(count, "time");
        }

        static Times of(List<Duration> times) {
            if (times.isEmpty()) return new Times(false, 0, "", "");
            var sorted = times.stream().sorted().toList();
            return new Times(true, sorted.size(), Figures.duration(sorted.get(sorted.size() / 2)), Figures.duration(sorted.getLast()));
        }
    }

    public boolean hasCanaryFlows() {
        return !canaryFlows.isEmpty();
    }

    public boolean hasGrades() {
        return !grades.isEmpty();
    }

    static TrustSection of(Run run) {
        var canaries = run.scenarios().stream().flatMap(s -> s.canaries().stream()).toList();
        var trusted = canaries.stream().filter(c -> c.problem() == null).map(Entry.Canary::blockedAfter).toList();
        var problems = canaries.stream().map(Entry.Canary::problem).filter(p -> p != null).distinct().toList();
        var flows = canaries.stream().flatMap(c -> c.flows().stream()).map(SentinelPlace::toString).distinct().sorted().toList();
        var grades = run.scenarios().stream().map(ScenarioRun::cells).reduce(CellCounts.NONE, CellCounts::plus).blocked();
        long blocked = grades.values().stream().mapToLong(Long::longValue).sum();
        var enforced =
            run.scenarios().stream().flatMap(TrustSection::applied).filter(a -> a.enforced() != null).map(Entry.Applied::enforced).toList();
        var probes = run.scenarios().stream().map(ScenarioRun::probes).reduce(Probes.NONE, Probes::plus);
        return new TrustSection(Times.of(trusted), problems, flows, shown(grades), number(blocked), Times.of(enforced), slowest(run),
            Figures.count(probes.asked(), "probe"), probes.baseline() == 0 ? ""
                : String.format(Locale.ROOT, "%s, %,d of them open", Figures.count(probes.baseline(), "flow"), probes.baselineOpen()));
    }

    /// The most frequent first.
    private static List<Grade> shown(Map<Control.Grade, Long> grades) {
        return grades.entrySet().stream()
            .sorted(Map.Entry.<Control.Grade, Long>comparingByValue().reversed().thenComparing(Map.Entry::getKey))
            .map(e -> new Grade(Wording.of(e.getKey()), number(e.getValue()))).toList();
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static Stream<Entry.Applied> applied(ScenarioRun scenario) {
        return Stream.concat(scenario.setup().stream(), scenario.steps().stream().flatMap(s -> s.applied().stream()));
    }

    private static String words(Entry.Applied applied) {
        return applied.edits().stream().map(Edit::toString).collect(Collectors.joining(", "));
    }

    private static List<Enforced> slowest(Run run) {
        record Took(ScenarioRun scenario, Entry.Applied applied, Duration time) {}
        return run.scenarios().stream()
            .flatMap(s -> applied(s).flatMap(a -> a.enforced() == null ? Stream.empty() : Stream.of(new Took(s, a, a.enforced()))))
            .sorted(Comparator.comparing(Took::time).reversed()).limit(SLOWEST)
            .map(t -> new Enforced(words(t.applied), t.scenario.place(), ScenarioCard.anchor(t.scenario),
                Figures.duration(t.time)))
            .toList();
    }
}
