package dev.lockdown.history;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// The verdicts of a step in few characters: what was asked goes along the axes *from*, *to* and *how*, and what was seen is one run-length
/// encoded string over all their combinations, the last axis fastest. `o3D.2` is open three times, dropped where the step claims otherwise,
/// and twice nothing asked. A capital letter is a verdict that does not agree with the step.
///
/// @param from sorted, like the other two
record VerdictMatrix(List<String> from, List<String> to, List<String> how, String seen) {
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
        var letters = new RunLength();
        for (var f : from) for (var t : to) for (var h : how) {
            var verdict = byFlow.get(new FlowKey(f, t, h));
            letters.add(verdict == null ? NOT_ASKED : letter(verdict));
        }
        return new VerdictMatrix(List.copyOf(from), List.copyOf(to), List.copyOf(how), letters.text());
    }

    private static char letter(FlowVerdict verdict) {
        char letter = verdict.seen().letter();
        return verdict.agrees() ? letter : Character.toUpperCase(letter);
    }

    /// @throws IllegalArgumentException if the string does not fit the axes
    List<FlowVerdict> verdicts() {
        long cells = (long) from.size() * to.size() * how.size();
        if (cells > MOST) throw new IllegalArgumentException("%s verdicts of one step".formatted(cells));
        var letters = RunLength.letters(seen, (int) cells);
        var verdicts = new ArrayList<FlowVerdict>();
        int at = 0;
        for (var f : from) for (var t : to) for (var h : how) {
            char letter = letters.charAt(at++);
            if (letter == NOT_ASKED) continue;
            char lower = Character.toLowerCase(letter);
            verdicts.add(new FlowVerdict(new FlowKey(f, t, h), FlowResult.ofLetter(lower), letter == lower));
        }
        return verdicts;
    }
}
