package dev.lockdown.report.html;

/// Names for links into `report.html`, the same whenever a run is rendered.
public final class Anchors {
    private Anchors() {}

    public static String feature(String path) {
        return "f-" + fit(path);
    }

    /// @param id of the scenario in its run
    static String scenario(String feature, int line, String id) {
        return "s-" + fit("%s-%s-%s".formatted(feature, Integer.toString(line), id));
    }

    /// @param time which of the times that the run had it played, from 1
    public static String scenario(String feature, int line, int time) {
        return scenario(feature, line, "%s%s:%s".formatted(feature, time == 1 ? "" : "#" + time, Integer.toString(line)));
    }

    private static String fit(String text) {
        return text.replaceAll("[^A-Za-z0-9]+", "-");
    }
}
