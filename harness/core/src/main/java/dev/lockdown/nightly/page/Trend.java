package dev.lockdown.nightly.page;

import java.util.List;

/// Something over the nights, as a line in a box of 100 by 20. Of more nights than points the greatest of each point's is drawn, so that
/// no spike vanishes.
///
/// @param path an SVG path; empty where there are not two nights to draw
/// @param nights that were drawn
record Trend(String path, int nights, long least, long greatest) {
    static final int WIDTH = 100;
    static final int HEIGHT = 20;
    private static final int POINTS = 40;

    /// @param values one a night, the newest last; negative where there is none
    static Trend of(List<Long> values) {
        var known = values.stream().filter(v -> v >= 0).toList();
        if (known.size() < 2) return new Trend("", known.size(), 0, 0);
        long least = known.stream().mapToLong(Long::longValue).min().orElse(0);
        long greatest = known.stream().mapToLong(Long::longValue).max().orElse(0);
        return new Trend(path(values, greatest), known.size(), least, greatest);
    }

    private static String path(List<Long> values, long greatest) {
        int points = Math.min(POINTS, values.size());
        var path = new StringBuilder();
        long x = 0;
        long y = -1;
        int drawn = 0;
        for (int i = 0; i < points; i++) {
            long value = values.subList(i * values.size() / points, (i + 1) * values.size() / points).stream().mapToLong(Long::longValue)
                .max().orElse(-1);
            if (value < 0) {
                y = -1;
                continue;
            }
            long nextX = Math.round(1 + (WIDTH - 2.0) * i / (points - 1));
            long nextY = greatest == 0 ? HEIGHT - 1 : Math.round(HEIGHT - 1 - (HEIGHT - 2.0) * value / greatest);
            // One between two without is a dot.
            if (y < 0) path.append('M').append(nextX).append(' ').append(nextY).append("h0");
            else path.append('l').append(nextX - x).append(nextY < y ? "" : " ").append(nextY - y);
            x = nextX;
            y = nextY;
            drawn++;
        }
        return drawn < 2 ? "" : path.toString();
    }

    public boolean isDrawn() {
        return !path.isEmpty();
    }
}
