package dev.lockdown.report.html;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.Counts;
import dev.lockdown.report.ScenarioRun;
import dev.lockdown.report.Run;
import dev.lockdown.state.NetworkPlugin;
import dev.lockdown.verdict.Figures;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The whole page. Texts are not escaped yet: the template does it.
///
/// @param mark how the worst of it ended
/// @param facts of the run as a whole
record Page(String id, String folder, String sentence, Mark mark, String problem, List<Tally> tallies, List<Fact> facts,
        List<FailureCard> failures, TrustSection trust, List<String> tags, List<FeatureCard> features) {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
        .withZone(ZoneOffset.UTC);

    record Fact(String name, String value) {}

    /// How many scenarios ended so.
    record Tally(Mark mark, int count) {}

    static Page of(Run run, String folder) {
        var started = run.started();
        var failures = run.scenarios().stream().sorted(Comparator.comparing(ScenarioRun::status))
            .flatMap(s -> FailureCard.of(s).stream()).toList();
        var problem = run.problem();
        return new Page(started == null ? "" : started.id(), folder, run.sentence(), Mark.of(worst(run)), problem == null ? "" : problem,
            tallies(run.counts()), facts(run, folder), failures, TrustSection.of(run), tags(run),
            run.features().stream().map(FeatureCard::of).toList());
    }

    public boolean hasFailures() {
        return !failures.isEmpty();
    }

    public int count() {
        return features.stream().mapToInt(FeatureCard::count).sum();
    }

    private static List<String> tags(Run run) {
        return run.scenarios().stream().flatMap(s -> s.started().tags().stream()).distinct().sorted().toList();
    }

    private static Status worst(Run run) {
        var counts = run.counts();
        if (counts.of(Status.BROKEN) > 0 || run.problem() != null) return Status.BROKEN;
        if (counts.of(Status.FAILED) > 0) return Status.FAILED;
        boolean whole = run.finished() != null && counts.total() == run.selected() && counts.of(Status.PASSED) > 0;
        return whole && counts.of(Status.INCONCLUSIVE) == 0 ? Status.PASSED : Status.INCONCLUSIVE;
    }

    private static List<Tally> tallies(Counts counts) {
        return Stream.of(Status.values())
            .filter(s -> counts.of(s) > 0).map(s -> new Tally(Mark.of(s), counts.of(s))).toList();
    }

    private static List<Fact> facts(Run run, String folder) {
        var facts = new ArrayList<Fact>();
        var started = run.started();
        if (started != null) facts.addAll(facts(started));
        if (!run.plugins().isEmpty())
            facts.add(new Fact("network plugin", run.plugins().stream().map(Page::plugin).collect(Collectors.joining(", "))));
        facts.add(new Fact("took", Figures.duration(run.took())));
        if (run.counts().faulty() > 0) facts.add(new Fact("rerun", "./lockdown run --failed " + folder));
        return facts;
    }

    private static String plugin(NetworkPlugin plugin) {
        return "%s (%s)".formatted(plugin, plugin.toldBy());
    }

    private static List<Fact> facts(Entry.RunStarted started) {
        return List.of(new Fact("command", String.join(" ", started.command())), new Fact("cluster", started.cluster()),
            new Fact("seed", Long.toString(started.seed())), new Fact("version", started.version()),
            new Fact("started", SECONDS.format(started.at())));
    }
}
