package dev.lockdown.nightly.page;

import dev.lockdown.history.FlowVerdict;
import dev.lockdown.history.StepDigest;
import dev.lockdown.nightly.Deviation;
import dev.lockdown.nightly.Findings;
import dev.lockdown.nightly.FirstBad;
import dev.lockdown.nightly.Judged;
import dev.lockdown.nightly.Judged.Counts;
import dev.lockdown.nightly.NightText;
import dev.lockdown.verdict.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A feature: for each cell that has it, the list of its scenarios.
///
/// @param mark the worst of all cells
record FeatureBlock(String anchor, String path, Mark mark, List<OfCell> cells) {

    public String kind() {
        return cells.stream().anyMatch(c -> !c.telling.isEmpty()) ? "told" : "fine";
    }

    /// @param telling scenarios of which there is something to tell
    /// @param others of which the names are told
    /// @param report where the feature stands in the cell's report, or empty
    record OfCell(String anchor, String cell, Mark mark, String summary, String report, List<Item> telling, List<Others> others) {
        public String kind() {
            return telling.isEmpty() ? "fine" : "told";
        }
    }

    /// Those that ended the same way.
    record Others(Mark mark, List<String> names) {}

    /// @param problem what is wrong with it, in one line, or empty
    /// @param first which version is the first bad one, or empty
    /// @param evidence where it stands in the cell's report, or empty
    /// @param steps whose verdicts differ
    /// @param hidden how many more flows differ, or empty
    record Item(Mark mark, String name, String place, String problem, String first, String evidence, List<Step> steps, String hidden,
            List<Known> known) {}

    record Step(String text, List<String> flows) {}

    /// @param what to do about it, or empty
    record Known(String reason, String link, String at, String what) {
        static Known of(Deviation deviation, boolean mended) {
            return new Known(deviation.reason(), KnownSection.link(deviation), deviation.at().toString(),
                mended ? "it passes: take it out of the list" : "");
        }
    }

    static List<FeatureBlock> of(Findings findings, List<CellLinks> links) {
        var detail = Detail.of(findings.cells());
        var paths = Grid.features(findings.cells());
        var blocks = new ArrayList<FeatureBlock>();
        for (int f = 0; f < paths.size(); f++) {
            var path = paths.get(f);
            var cells = new ArrayList<OfCell>();
            var all = new ArrayList<Judged>();
            for (int c = 0; c < findings.cells().size(); c++) {
                var cell = findings.cells().get(c);
                var judged = cell.judged().stream().filter(j -> j.scenario().feature().equals(path)).toList();
                if (judged.isEmpty()) continue;
                all.addAll(judged);
                cells.add(cell(Grid.anchor(f, c), path, cell, judged, links.get(c), findings.firstBad(), detail));
            }
            blocks.add(new FeatureBlock("f" + f, path, Mark.of(Grid.worst(all)), cells));
        }
        return blocks;
    }

    private static OfCell cell(String anchor, String path, Findings.OfCell cell, List<Judged> judged, CellLinks links,
            List<FirstBad> firstBad, Detail detail) {
        var telling = judged.stream().filter(FeatureBlock::isTelling).limit(detail.scenarios()).toList();
        var others = new TreeMap<Counts, List<String>>();
        judged.stream().filter(j -> !telling.contains(j))
            .forEach(j -> others.computeIfAbsent(j.counts(), _ -> new ArrayList<>()).add(j.scenario().key().name()));
        long passed = judged.stream().filter(j -> j.counts() == Counts.PASSED).count();
        return new OfCell(anchor, cell.cell().name(), Mark.of(Grid.worst(judged)),
            "%s of %s passed".formatted(Long.toString(passed), Figures.count(judged.size(), "scenario")), links.of(path),
            telling.stream().map(j -> item(j, links, first(j, cell, firstBad), detail)).toList(),
            others.entrySet().stream().map(o -> new Others(Mark.of(o.getKey()), o.getValue())).toList());
    }

    private static boolean isTelling(Judged judged) {
        return judged.counts() != Counts.PASSED && judged.counts() != Counts.SKIPPED;
    }

    private static String first(Judged judged, Findings.OfCell cell, List<FirstBad> firstBad) {
        return firstBad.stream().filter(f -> Grid.isFirstBad(judged.scenario(), cell, List.of(f))).map(NightText::words).findFirst()
            .orElse("");
    }

    private static Item item(Judged judged, CellLinks links, String first, Detail detail) {
        var scenario = judged.scenario();
        var steps = new ArrayList<Step>();
        int left = detail.flows();
        int hidden = 0;
        for (var step : scenario.steps()) {
            var differing = step.verdicts().stream().filter(v -> !v.agrees()).toList();
            int shown = Math.min(left, differing.size());
            if (shown > 0) steps.add(step(step, differing.subList(0, shown)));
            left -= shown;
            hidden += differing.size() - shown;
        }
        return new Item(Mark.of(judged.counts()), scenario.key().name(), scenario.place(),
            scenario.problem() == null ? "" : detail.shortened(scenario.problem()), first, links.of(scenario), steps,
            hidden == 0 ? "" : Integer.toString(hidden),
            judged.deviations().stream().map(d -> Known.of(d, judged.counts() == Counts.MENDED)).toList());
    }

    private static Step step(StepDigest step, List<FlowVerdict> differing) {
        return new Step("line %s: %s".formatted(Integer.toString(step.line()), step.text()),
            differing.stream().map(v -> "%s is %s".formatted(v.flow(), v.seen().words())).toList());
    }
}
