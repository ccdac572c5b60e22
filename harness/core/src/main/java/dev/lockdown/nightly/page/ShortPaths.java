package dev.lockdown.nightly.page;

import java.util.List;
import java.util.regex.Pattern;

/// The paths of features without what all of them have in common.
final class ShortPaths {
    private static final Pattern SUFFIX = Pattern.compile("\\.feature$");

    private final int common;

    ShortPaths(List<String> paths) {
        common = paths.stream().map(p -> p.substring(0, p.lastIndexOf('/') + 1)).reduce(ShortPaths::common).map(String::length).orElse(0);
    }

    /// The longest folder of both.
    private static String common(String one, String other) {
        int folder = 0;
        for (int i = 0; i < Math.min(one.length(), other.length()) && one.charAt(i) == other.charAt(i); i++)
            if (one.charAt(i) == '/') folder = i + 1;
        return one.substring(0, folder);
    }

    String of(String path) {
        return SUFFIX.matcher(path.substring(common)).replaceFirst("");
    }
}
