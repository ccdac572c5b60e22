package dev.lockdown.nightly.page;

import dev.lockdown.history.RunHead.Ended;
import dev.lockdown.nightly.CellOutcome;
import dev.lockdown.nightly.Findings;
import dev.lockdown.nightly.Judged.Counts;
import dev.lockdown.nightly.NightStatus;
import dev.lockdown.nightly.NightText;
import java.util.Locale;

/// How something ended, three times over: as a symbol, as a word, and as a tone, which is only a colour.
record Mark(String symbol, String word, String tone) {

    static Mark of(Counts counts) {
        var word = NightText.word(counts);
        return switch (counts) {
            case PASSED -> new Mark("✓", word, "good");
            case SKIPPED -> new Mark("–", word, "quiet");
            case FAILED -> new Mark("✗", word, "bad");
            case INCONCLUSIVE -> new Mark("?", word, "doubt");
            case BROKEN -> new Mark("!", word, "bad");
            case FLAKY -> new Mark("~", word, "doubt");
            case KNOWN -> new Mark("≈", word, "quiet");
            case MENDED -> new Mark("+", word, "bad");
            case QUARANTINED -> new Mark("‖", word, "quiet");
        };
    }

    static Mark of(NightStatus status) {
        var word = NightText.word(status);
        return switch (status) {
            case DEFECT, BAD_INPUT, CANNOT_START -> new Mark("!", word, "bad");
            case FAILED -> new Mark("✗", word, "bad");
            case INCONCLUSIVE -> new Mark("?", word, "doubt");
            case GOOD -> new Mark("✓", word, "good");
        };
    }

    static Mark of(Findings.OfCell cell) {
        return cell.outcome().state() == CellOutcome.State.NOT_RUN ? new Mark("–", "not run", "quiet") : of(NightStatus.of(cell));
    }

    static Mark of(Ended ended) {
        var word = ended.name().toLowerCase(Locale.ROOT);
        return switch (ended) {
            case PASSED -> new Mark("✓", word, "good");
            case SKIPPED -> new Mark("–", word, "quiet");
            case FAILED -> new Mark("✗", word, "bad");
            case INCONCLUSIVE -> new Mark("?", word, "doubt");
            case BROKEN -> new Mark("!", word, "bad");
            case FLAKY -> new Mark("~", word, "doubt");
        };
    }
}
