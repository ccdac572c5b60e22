package dev.lockdown.spec.selection;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Features' addresses as people write them: relative to the working folder where they lie in it.
///
/// One that Maven, Gradle or an IDE found on the class path is the file from which it was copied, for that is what its author edits, what
/// lies beside it, and what a command can run.
public final class FeaturePaths {
    private static final List<String> SOURCES = List.of("src/test/resources", "src/test/java", "src/main/resources");

    private FeaturePaths() {}

    public static String of(URI uri) {
        if ("classpath".equals(uri.getScheme())) {
            var file = onClassPath(uri.getSchemeSpecificPart().replaceFirst("^/", ""));
            return file == null ? uri.toString() : relative(file);
        }
        if (!"file".equals(uri.getScheme())) return uri.toString();
        return relative(Path.of(uri.isOpaque() ? uri.getSchemeSpecificPart() : uri.getPath()));
    }

    private static String relative(Path path) {
        var here = Path.of("").toAbsolutePath();
        return path.isAbsolute() && path.startsWith(here) ? here.relativize(path).toString() : path.toString();
    }

    /// Null if it is in no folder, but in a jar.
    private static @Nullable Path onClassPath(String name) {
        var url = Thread.currentThread().getContextClassLoader().getResource(name);
        if (url == null || !"file".equals(url.getProtocol())) return null;
        try {
            var copy = Path.of(url.toURI());
            for (var folder = copy.getParent(); folder != null; folder = folder.getParent())
                for (var sources : SOURCES) {
                    var source = folder.resolve(sources).resolve(name);
                    if (Files.isRegularFile(source) && Files.mismatch(source, copy) < 0) return source;
                }
            return copy;
        } catch (IOException | URISyntaxException _) {
            return null;
        }
    }
}
