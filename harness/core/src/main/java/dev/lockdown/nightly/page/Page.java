package dev.lockdown.nightly.page;

import dev.lockdown.nightly.CellOutcome;
import dev.lockdown.nightly.Findings;
import dev.lockdown.nightly.FirstBad;
import dev.lockdown.nightly.NightFolder;
import dev.lockdown.nightly.NightStatus;
import dev.lockdown.nightly.NightText;
import dev.lockdown.verdict.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The whole page. Texts are not escaped yet: the template does it.
///
/// @param started of the first cell, or empty
/// @param matters cells of which more is to be said than how their scenarios ended
record Page(String night, Mark mark, String sentence, List<CellRow.Tally> tallies, String started, String took, ChangesSection changes,
        Cut<First> firstBad, Grid grid, List<CellRow> matters, List<CellRow> cells, List<FeatureBlock> features,
        List<WindowPlot> windows, KnownSection known) {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
        .withZone(ZoneOffset.UTC);

    /// @param link to the scenario in its cell
    record First(String scenario, String feature, String words, String cell, String link) {}

    static Page of(Findings findings, NightFolder folder) {
        var of = findings.cells();
        var links = of.stream().map(c -> CellLinks.of(c.outcome(), folder)).toList();
        var byName = new HashMap<String, CellLinks>();
        var cells = new ArrayList<CellRow>();
        for (int i = 0; i < of.size(); i++) {
            byName.put(of.get(i).cell().name(), links.get(i));
            cells.add(CellRow.of(i, of.get(i), links.get(i)));
        }
        var took = of.stream().map(c -> c.outcome().took()).reduce(Duration.ZERO, Duration::plus);
        var name = folder.path().toAbsolutePath().normalize().getFileName();
        return new Page(name == null ? "" : name.toString(), Mark.of(NightStatus.of(of)), new NightText(findings).sentence(), tallies(of),
            of.stream().map(c -> c.outcome().at()).min(Instant::compareTo).map(SECONDS::format).orElse(""), Figures.duration(took),
            ChangesSection.of(of, byName), Cut.of(firstBad(findings)), Grid.of(findings),
            cells.stream().filter(c -> !c.problem().isEmpty()).toList(), cells, FeatureBlock.of(findings, links), WindowPlot.of(of),
            KnownSection.of(findings));
    }

    public boolean hasMatters() {
        return !matters.isEmpty();
    }

    public boolean hasFeatures() {
        return !features.isEmpty();
    }

    public boolean hasWindows() {
        return !windows.isEmpty();
    }

    public boolean hasKnown() {
        return !known.isEmpty();
    }

    private static List<CellRow.Tally> tallies(List<Findings.OfCell> cells) {
        var tallies = new ArrayList<CellRow.Tally>();
        for (var status : NightStatus.values()) {
            long count =
                cells.stream().filter(c -> c.outcome().state() != CellOutcome.State.NOT_RUN && NightStatus.of(c) == status).count();
            if (count > 0) tallies.add(new CellRow.Tally(Mark.of(status), count));
        }
        long notRun = cells.stream().filter(c -> c.outcome().state() == CellOutcome.State.NOT_RUN).count();
        if (notRun > 0) tallies.add(new CellRow.Tally(new Mark("–", "not run", "quiet"), notRun));
        return tallies;
    }

    private static List<First> firstBad(Findings findings) {
        var paths = Grid.features(findings.cells());
        var numbers = new HashMap<String, Integer>();
        for (int i = 0; i < findings.cells().size(); i++) numbers.put(findings.cells().get(i).cell().name(), i);
        // What is mended matters less.
        return findings.firstBad().stream().sorted(Comparator.comparing(f -> f.mended() != null)).map(f -> first(f, paths, numbers))
            .toList();
    }

    private static First first(FirstBad found, List<String> paths, Map<String, Integer> numbers) {
        var number = numbers.get(found.cell());
        int feature = paths.indexOf(found.scenario().feature());
        return new First(found.scenario().name(), found.scenario().feature(), NightText.words(found), found.cell(),
            number == null || feature < 0 ? "" : "#" + Grid.anchor(feature, number));
    }
}
