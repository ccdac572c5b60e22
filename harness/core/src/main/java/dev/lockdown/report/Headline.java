package dev.lockdown.report;

import dev.lockdown.journal.Entry.Judged;

/// Says how many verdicts differ: `1 of 6 cells differs on TCP/8080 (held 12 rounds, 5.0 s)`.
final class Headline {
    private Headline() {}

    static String of(Fault.Differs fault) {
        var judged = fault.judged();
        int inconclusive = (int) fault.cells().stream().filter(Fault.Differs::isInconclusive).count();
        int differing = fault.cells().size() - inconclusive;
        var what = judged.cells().size() == 1 ? Claim.of(judged, fault.cells().getFirst()) : many(judged, differing, inconclusive);
        return what + (differing == 0 ? " (" : " (held ") + rounds(judged) + ")";
    }

    private static String many(Judged judged, int differing, int inconclusive) {
        var of = "of " + Words.count(judged.cells().size(), judged.cells().getFirst().column() == null ? "flow" : "cell");
        var differ = differing + " " + of + (differing == 1 ? " differs" : " differ");
        var prove = inconclusive == 1 ? " proves nothing" : " prove nothing";
        var on =
            judged.title().isEmpty() || judged.title().startsWith("on ") ? (" " + judged.title()).stripTrailing() : ", " + judged.title();
        if (inconclusive == 0) return differ + on;
        if (differing == 0) return inconclusive + " " + of + prove + on;
        return differ + " and " + inconclusive + prove + on;
    }

    private static String rounds(Judged judged) {
        return "%s, %s".formatted(Words.count(judged.rounds(), "round"), Words.duration(judged.took()));
    }
}
