package dev.lockdown.bench;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes figures as lines of a table, each as soon as it is known.
final class Sheet {
    private static final String LINE = "%-44s %9s %9s %21s %9s %9s %7s %7s %s";

    private Sheet() {}

    static String head() {
        return line("", "goal", "median", "(min..max)", "cpu", "floor", "ratio", "heap", "");
    }

    static String line(Figure figure) {
        return line(figure.what(), goal(figure.goal()), time(figure.median()),
            "(%s..%s)".formatted(time(figure.shortest()), time(figure.longest())), time(figure.processor()),
            figure.hasFloor() ? time(figure.floorMedian()) : "", figure.hasFloor() ? times(figure.ratio()) : "",
            figure.heap() == 0 ? "" : "%s MB".formatted(Math.ceilDiv(figure.heap(), 1 << 20)), mark(figure));
    }

    private static String line(String what, String goal, String median, String range, String processor, String floor, String ratio,
            String heap, String mark) {
        return LINE.formatted(what, goal, median, range, processor, floor, ratio, heap, mark).stripTrailing();
    }

    private static String goal(Goal goal) {
        return goal.ratio() > 0 ? times(goal.ratio()) : time(goal.target());
    }

    private static String mark(Figure figure) {
        if (figure.goal().equals(Goal.NONE)) return "";
        return figure.isOverGoal() ? "over" : "ok";
    }

    /// `1.46 x`
    private static String times(double ratio) {
        return String.format(Locale.ROOT, "%.2f x", ratio);
    }

    /// Nothing where nothing was measured, else three digits that count: `0.21 ms`, `33.5 ms`, `412 ms`, `1.08 s`.
    static String time(@Nullable Duration time) {
        if (time == null || time.isZero()) return "";
        double millis = time.toNanos() / 1e6;
        if (millis < 10) return String.format(Locale.ROOT, "%.2f ms", millis);
        if (millis < 100) return String.format(Locale.ROOT, "%.1f ms", millis);
        if (millis < 1000) return String.format(Locale.ROOT, "%.0f ms", millis);
        return String.format(Locale.ROOT, "%.2f s", millis / 1000);
    }
}
