package dev.lockdown.rehearsal.page;

import dev.lockdown.rehearsal.NeedResult;
import dev.lockdown.rehearsal.Rehearsed;
import dev.lockdown.rehearsal.Seen;
import org.jspecify.annotations.Nullable;

/// What came of something, three times over: as a symbol, as a word, and as a tone, which is only a colour.
record Mark(String symbol, String word, String tone) {
    static final String HEALING_UNPROVEN = "not proven to be healed";
    private static final Mark NONE = new Mark("–", "not asked", "quiet");

    static Mark of(@Nullable Seen seen) {
        return switch (seen) {
            case OPEN -> new Mark("✓", "works", "good");
            case BLOCKED -> new Mark("✗", "blocked", "bad");
            case SOME -> new Mark("±", "works for some", "bad");
            case UNKNOWN -> new Mark("?", "not proven", "doubt");
            case null -> NONE;
        };
    }

    /// The end of its story.
    static Mark of(NeedResult result) {
        if (result.isBroken() && result.isHealed()) return new Mark("✓", "healed", "good");
        if (result.isLost()) return new Mark("✗", "not healed", "bad");
        if (result.isHealingUnproven()) return new Mark("?", HEALING_UNPROVEN, "doubt");
        if (result.before() == Seen.UNKNOWN) return new Mark("?", "not tried", "doubt");
        if (result.before() != Seen.OPEN) return new Mark("✗", "did not work before", "bad");
        if (result.underLockdown() == Seen.UNKNOWN) return new Mark("?", "not proven", "doubt");
        return new Mark("✓", "works throughout", "good");
    }

    static Mark of(Rehearsed rehearsed) {
        if (rehearsed.results().stream().anyMatch(NeedResult::isLost)) return new Mark("✗", "not healed", "bad");
        if (rehearsed.brokenToday() > 0) return new Mark("✗", "broken today", "bad");
        if (rehearsed.healingUnproven() > 0) return new Mark("?", HEALING_UNPROVEN, "doubt");
        return rehearsed.opened().isEmpty() ? new Mark("✓", "healed", "good") : new Mark("+", "opens more than is needed", "doubt");
    }
}
