package dev.lockdown.verdict;

import dev.lockdown.state.Counted;
import java.time.Duration;
import java.util.Locale;

/// Numbers and times as people say them, the same everywhere that they are shown.
public final class Figures {
    private Figures() {}

    /// `1 scenario`, `7 scenarios`, `1,204 probes`.
    public static String count(long number, String noun) {
        return Counted.of(number, noun);
    }

    /// Three figures at most: `0.2 ms`, `3 ms`, `940 ms`, `1.1 s`, `59.9 s`, `2 min 5 s`.
    public static String duration(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        if (millis < 9.95) return withoutZero(Math.round(millis * 10)) + " ms";
        if (millis < 999.5) return Math.round(millis) + " ms";
        if (millis < 59_950) return withTenth(Math.round(millis / 100)) + " s";
        long seconds = Math.round(millis / 1000);
        return String.format(Locale.ROOT, "%s min %s s", seconds / 60, seconds % 60);
    }

    // By hand, because a report says a hundred thousand of them.

    private static String withoutZero(long tenths) {
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : withTenth(tenths);
    }

    private static String withTenth(long tenths) {
        return tenths / 10 + "." + tenths % 10;
    }
}
