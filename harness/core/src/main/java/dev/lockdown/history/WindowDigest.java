package dev.lockdown.history;

import dev.lockdown.chaos.Window;
import java.util.List;

/// How long windows of one watched flow lasted, in one scenario.
///
/// @param flow in words, as reports name it
/// @param cause the change before them, in words; empty where nothing was changed
/// @param count of all that ended
/// @param unended of those that had not ended by the last sample
/// @param micros their lengths, sorted; of more than [#KEPT] those at evenly spaced ranks
public record WindowDigest(String flow, Window.Kind kind, String cause, int count, int unended, List<Long> micros) {
    /// A rank test gains little by more.
    public static final int KEPT = 40;

    public WindowDigest {
        micros = List.copyOf(micros);
    }

    /// -1 where none ended.
    public long medianMicros() {
        return micros.isEmpty() ? -1 : micros.get((micros.size() - 1) / 2);
    }

    static WindowDigest of(String flow, Window.Kind kind, String cause, List<Window> windows) {
        var ended = windows.stream().filter(w -> w.censored() == null).map(Window::mostMicros).sorted().toList();
        return new WindowDigest(flow, kind, cause, ended.size(), windows.size() - ended.size(), Ranks.evenly(ended, KEPT));
    }
}
