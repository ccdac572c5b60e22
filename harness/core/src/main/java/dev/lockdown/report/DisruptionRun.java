package dev.lockdown.report;

import dev.lockdown.journal.Entry;
import dev.lockdown.verdict.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A disruption as it was.
///
/// @param healed null where it was not seen to heal: the run ended before
public record DisruptionRun(Entry.Disrupted began, Entry.@Nullable Healed healed) {

    /// `enforcement pauses for 200 ms`
    public String words() {
        return began.words() + (began.lasting().isZero() ? "" : " for " + Figures.duration(began.lasting()));
    }

    /// Whether it was healed and enforcement was seen to work again.
    public boolean isOver() {
        return over() != null;
    }

    /// When enforcement had been seen to work again, or null where it was not.
    public @Nullable Instant over() {
        return healed == null || healed.enforced() == null ? null : healed.at().plus(healed.enforced());
    }

    /// How it ended: `healed after 203 ms, enforced again 12 ms later`.
    public String ending() {
        if (healed == null)
            return "not seen to heal, the run ended before"
                + (began.lasting().isZero() ? "" : "; it was to last until " + began.at().plus(began.lasting())) + unattended();
        var length = Figures.duration(Duration.between(began.at(), healed.at()));
        if (healed.problem() != null) return "%s, after %s".formatted(healed.problem(), length);
        var enforced = healed.enforced();
        return "healed after " + length + struck(healed)
            + (enforced == null ? ", not seen to be enforced again" : ", enforced again %s later".formatted(Figures.duration(enforced)));
    }

    /// By the clock of whoever was struck, which need not agree with ours.
    private static String struck(Entry.Healed healed) {
        var struck = healed.struck();
        return struck == null ? "" : " (by the node's own clock %s from %s)".formatted(
            Figures.duration(Duration.between(struck.from(), struck.until())), struck.from().truncatedTo(ChronoUnit.MILLIS));
    }

    /// What became of it without the run, as far as the cluster had a way to end it.
    private String unattended() {
        var unattended = began.unattended();
        if (unattended == null) return "";
        return switch (unattended.way()) {
            case GONE -> "; the cluster ended with the run, and this with it";
            case ENDS -> "; the cluster itself ends it, at the latest at " + began.at().plus(unattended.after());
            case STAYS ->
                "; it does not end by itself: the next run on that cluster heals it, or ./lockdown doctor --sweep --yes with its --cluster";
        };
    }
}
