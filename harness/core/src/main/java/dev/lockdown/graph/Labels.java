package dev.lockdown.graph;

import dev.lockdown.graph.Layout.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds each label a place along its edge where it lies on no node, no heading and no other label.
final class Labels {
    private static final int HEIGHT = 14;
    private static final double CHARACTER = 6.4;
    private static final int[] ALONG = {50, 42, 58, 34, 66, 26, 74, 18, 82};
    private static final int[] ASIDE = {0, -HEIGHT, HEIGHT};
    /// How far from its edge a label may stand that must be seen.
    private static final int FARTHEST = 20 * HEIGHT;

    private final List<Area> taken = new ArrayList<>();
    private final int width;
    private final int height;

    Labels(Layout layout) {
        width = layout.width();
        height = layout.height();
        for (Place place : layout.places().values())
            taken.add(new Area(place.x(), place.y(), place.right(), place.y() + Layout.NODE_HEIGHT));
        for (var box : layout.boxes())
            taken.add(new Area(box.x() + 14, box.y() + 8, box.x() + 14 + width(box.group().name()), box.y() + 24));
    }

    /// What a label covers.
    record Area(int left, int top, int right, int bottom) {
        boolean touches(Area other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }

    /// @param x of its middle
    /// @param y of its middle
    record Spot(int x, int y) {
        Area area(String text) {
            int half = width(text) / 2 + 2;
            return new Area(x - half, y - HEIGHT / 2, x + half, y + HEIGHT / 2);
        }
    }

    static int width(String text) {
        return (int) Math.ceil(text.length() * CHARACTER);
    }

    /// @param wanted whether it must be seen, if need be at some distance from its edge
    /// @return nothing where there is no room
    Optional<Spot> place(Curve curve, String text, boolean wanted) {
        for (int aside : ASIDE)
            for (int along : ALONG) {
                var spot = new Spot(curve.xAt(along), curve.yAt(along) + aside);
                if (take(spot, text)) return Optional.of(spot);
            }
        return wanted ? around(new Spot(curve.xAt(50), curve.yAt(50)), text) : Optional.empty();
    }

    private Optional<Spot> around(Spot middle, String text) {
        for (int distance = HEIGHT; distance <= FARTHEST; distance += HEIGHT)
            for (int aside = -distance; aside <= distance; aside += HEIGHT)
                for (int sign : new int[] {-1, 1}) {
                    var spot = new Spot(middle.x + aside, middle.y + sign * (distance - Math.abs(aside) / 2));
                    if (take(spot, text)) return Optional.of(spot);
                }
        return Optional.empty();
    }

    private boolean take(Spot spot, String text) {
        var area = spot.area(text);
        if (area.left < 0 || area.top < 0 || area.right > width || area.bottom > height) return false;
        for (var other : taken) if (area.touches(other)) return false;
        taken.add(area);
        return true;
    }
}
