package dev.lockdown.chaos;

import dev.lockdown.chaos.Window.Censored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which part of all windows had ended after how long (Kaplan and Meier, 1958): a step for each that ended, and a mark where one was lost
/// sight of.
public final class Curve {
    private static final Comparator<Window> ENDED_FIRST =
        Comparator.comparing(Window::length).thenComparing(w -> w.censored() == null ? 0 : 1);

    private Curve() {}

    /// One window's place.
    ///
    /// @param ended the part of all that had ended by then, from 0 to 1
    /// @param last whether it ended then; else it was longer
    public record Point(Duration length, double ended, boolean last) {}

    /// In the order of their lengths. What had begun before the first sample is left out.
    public static List<Point> of(List<Window> windows) {
        var known = windows.stream().filter(w -> w.censored() != Censored.LEFT).sorted(ENDED_FIRST).toList();
        var points = new ArrayList<Point>();
        double going = 1;
        for (int i = 0; i < known.size(); i++) {
            boolean last = known.get(i).censored() == null;
            if (last) going *= 1 - 1.0 / (known.size() - i);
            points.add(new Point(known.get(i).length(), 1 - going, last));
        }
        return points;
    }

    /// The shortest length by which so large a part had ended, or null where none is known.
    static @Nullable Duration quantile(List<Point> points, double part) {
        // Sums of fractions are a little beside what they would be.
        return points.stream().filter(p -> p.last() && p.ended() >= part - 1e-9).map(Point::length).findFirst().orElse(null);
    }
}
