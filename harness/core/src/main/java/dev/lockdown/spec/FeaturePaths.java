package dev.lockdown.spec;

import java.net.URI;
import java.nio.file.Path;

/// Features' addresses as people write them: relative to the working folder where they lie in it.
public final class FeaturePaths {
    private FeaturePaths() {}

    public static String of(URI uri) {
        if (!"file".equals(uri.getScheme())) return uri.toString();
        var path = Path.of(uri.isOpaque() ? uri.getSchemeSpecificPart() : uri.getPath());
        var here = Path.of("").toAbsolutePath();
        return path.isAbsolute() && path.startsWith(here) ? here.relativize(path).toString() : path.toString();
    }
}
