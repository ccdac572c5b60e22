package dev.lockdown.graph;

import dev.lockdown.graph.Layout.Place;

/// A cubic curve from one node to another.
record Curve(int x1, int y1, int ax, int ay, int bx, int by, int x2, int y2) {

    /// How far from the middle of a node an edge ends that comes back to it.
    private static final int OWN = 9;

    /// @param leaving how far from the middle of its side it leaves
    /// @param arriving the same of its other end
    static Curve between(Place from, Place to, int leaving, int arriving) {
        int y1 = from.middle() + leaving;
        int y2 = to.middle() + arriving;
        if (from.equals(to)) {
            int y = from.middle();
            int far = from.right() + 6 * OWN + 3 * Math.abs(leaving);
            return new Curve(from.right(), y - OWN, far, y - 2 * OWN, far, y + 2 * OWN, from.right(), y + OWN);
        }
        if (from.x() == to.x()) {
            int bulge = 24 + Math.min(72, Math.abs(y2 - y1) / 3) + Math.abs(leaving);
            int end = y2 == y1 ? y2 + 1 : y2;
            return new Curve(from.right(), y1, from.right() + bulge, y1, to.right() + bulge, end, to.right(), end);
        }
        boolean right = from.x() < to.x();
        int x1 = right ? from.right() : from.x();
        int x2 = right ? to.x() : to.right();
        int pull = Math.max(60, Math.abs(x2 - x1) / 2);
        return new Curve(x1, y1, right ? x1 + pull : x1 - pull, y1, right ? x2 - pull : x2 + pull, y2, x2, y2);
    }

    /// A way around what stands between, whose lowest point is at that height.
    static Curve below(Place from, Place to, int leaving, int arriving, int lowest) {
        int y1 = from.middle() + leaving;
        int y2 = to.middle() + arriving;
        boolean right = from.x() < to.x();
        int x1 = right ? from.right() : from.x();
        int x2 = right ? to.x() : to.right();
        int pull = (right ? 1 : -1) * Math.max(90, Math.abs(x2 - x1) / 6);
        int y = (8 * lowest - y1 - y2) / 6;
        return new Curve(x1, y1, x1 + pull, y, x2 - pull, y, x2, y2);
    }

    String path() {
        return "M" + x1 + " " + y1 + "C" + ax + " " + ay + " " + bx + " " + by + " " + x2 + " " + y2;
    }

    /// @param percent of the way
    int xAt(int percent) {
        return at(percent, x1, ax, bx, x2);
    }

    int yAt(int percent) {
        return at(percent, y1, ay, by, y2);
    }

    int lowest() {
        int lowest = y1;
        for (int percent = 5; percent <= 100; percent += 5) lowest = Math.max(lowest, yAt(percent));
        return lowest;
    }

    private static int at(int percent, int p, int a, int b, int q) {
        double t = percent / 100.0;
        double s = 1 - t;
        return (int) Math.round(s * s * s * p + 3 * s * s * t * a + 3 * s * t * t * b + t * t * t * q);
    }
}
