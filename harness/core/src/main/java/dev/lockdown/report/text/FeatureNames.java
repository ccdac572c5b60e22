package dev.lockdown.report.text;

import java.util.Collection;

/// Short names of features: their paths without the directory that all of them share.
final class FeatureNames {
    private final String shared;
    private final int width;

    FeatureNames(Collection<String> paths) {
        shared = paths.stream().map(FeatureNames::directory).reduce(FeatureNames::common).orElse("");
        width = paths.stream().mapToInt(p -> Columns.width(of(p))).max().orElse(0);
    }

    String of(String path) {
        return path.startsWith(shared) ? path.substring(shared.length()) : path;
    }

    /// Of the longest name.
    int width() {
        return width;
    }

    private static String directory(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static String common(String a, String b) {
        var shorter = a;
        while (!b.startsWith(shorter)) shorter = directory(shorter.substring(0, Math.max(0, shorter.length() - 1)));
        return shorter;
    }
}
