package dev.lockdown.report.html;

import dev.lockdown.verdict.Figures;
import dev.lockdown.verdict.Judgement;
import dev.lockdown.verdict.Wording;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The verdicts of a step in words, which is most of the work of a page.
///
/// @param table null where the verdicts make none
record WordedJudgement(String title, String rounds, @Nullable TruthTable table, List<Flow> cells) {

    record Flow(String flow, String how, List<String> evidence, Finding finding) {}

    /// What many flows have in common.
    ///
    /// @param control what shows that a blocked flow would have worked, or empty
    record Finding(Mark wanted, Mark observed, boolean agrees, List<String> because, String control, String likely) {}

    /// @param words of the scenario to which it belongs
    static WordedJudgement of(Judgement judgement, Words words) {
        var cells = judgement.cells();
        return new WordedJudgement(Wording.of(judgement.scope()),
            "%s, %s".formatted(Figures.count(judgement.rounds(), "round"), Figures.duration(judgement.took())),
            TruthTable.isOne(cells) ? TruthTable.of(cells) : null, cells.stream().map(words::of).toList());
    }
}
