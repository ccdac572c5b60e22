package dev.lockdown.history;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// The verdicts of a step in few characters: what was asked goes along the axes *from*, *to* and *how*, and what was seen is a row for each
/// source, run-length encoded over the combinations of the other two, the last axis fastest. `o3D.2` is open three times, dropped where the
/// step claims otherwise, and twice nothing asked. A capital letter is a verdict that does not agree with the step.
///
/// Most rows of a run are alike, so that they can be written once.
///
/// @param from sorted, like the other two
/// @param rows one for each of `from`
record VerdictMatrix(List<String> from, List<String> to, List<String> how, List<String> rows) {
    private static final char NOT_ASKED = '.';
    /// Of one step; more is no digest of ours.
    private static final long MOST = 50_000_000;

    static VerdictMatrix of(List<FlowVerdict> verdicts) {
        var from = new TreeSet<String>();
        var to = new TreeSet<String>();
        var how = new TreeSet<String>();
        var byFlow = new TreeMap<FlowKey, FlowVerdict>();
        for (var verdict : verdicts) {
            from.add(verdict.flow().from());
            to.add(verdict.flow().to());
            how.add(verdict.flow().how());
            byFlow.put(verdict.flow(), verdict);
        }
        var rows = new ArrayList<String>();
        for (var f : from) {
            var letters = new RunLength();
            for (var t : to) for (var h : how) {
                var verdict = byFlow.get(new FlowKey(f, t, h));
                letters.add(verdict == null ? NOT_ASKED : letter(verdict));
            }
            rows.add(letters.text());
        }
        return new VerdictMatrix(List.copyOf(from), List.copyOf(to), List.copyOf(how), rows);
    }

    private static char letter(FlowVerdict verdict) {
        char letter = verdict.seen().letter();
        return verdict.agrees() ? letter : Character.toUpperCase(letter);
    }

    /// @throws IllegalArgumentException if the rows do not fit the axes
    List<FlowVerdict> verdicts() {
        long cells = (long) from.size() * to.size() * how.size();
        if (cells > MOST) throw new IllegalArgumentException("%s verdicts of one step".formatted(cells));
        if (rows.size() != from.size())
            throw new IllegalArgumentException("%s rows of verdicts for %s sources".formatted(rows.size(), from.size()));
        var verdicts = new ArrayList<FlowVerdict>();
        for (int i = 0; i < rows.size(); i++) {
            var letters = RunLength.letters(rows.get(i), to.size() * how.size());
            int at = 0;
            for (var t : to) for (var h : how) {
                char letter = letters.charAt(at++);
                if (letter == NOT_ASKED) continue;
                char lower = Character.toLowerCase(letter);
                verdicts.add(new FlowVerdict(new FlowKey(from.get(i), t, h), FlowResult.ofLetter(lower), letter == lower));
            }
        }
        return verdicts;
    }
}
