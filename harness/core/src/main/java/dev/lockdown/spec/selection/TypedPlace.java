package dev.lockdown.spec.selection;

import dev.lockdown.state.InputException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A feature or a folder as it is typed, with lines or without.
///
/// @param lines none means all of it
public record TypedPlace(String path, List<Integer> lines) {
    private static final Pattern WITH_LINES = Pattern.compile("(?<path>.+?)(?<lines>(:[0-9]{1,9})+)", Pattern.DOTALL);

    static TypedPlace parse(String word) {
        var matcher = WITH_LINES.matcher(word);
        if (!matcher.matches()) return new TypedPlace(word, List.of());
        return new TypedPlace(matcher.group("path"),
            Arrays.stream(matcher.group("lines").substring(1).split(":", -1)).map(Integer::valueOf).toList());
    }

    /// @throws InputException if it is a file that is no feature, or lines of a folder are named
    void requireFeature() {
        var file = Path.of(path);
        if (Files.isDirectory(file)) {
            if (!lines.isEmpty()) throw new InputException("%s is a folder; a line is one of a feature: FEATURE:LINE".formatted(path));
        } else
            if (!path.endsWith(".feature"))
                throw new InputException("%s is no feature: the name of one ends with .feature".formatted(path));
    }

    /// A line at which nothing stands must not hide behind others that select something.
    ///
    /// @throws InputException if one selects nothing
    void requireLines(Map<URI, FeatureOutline> outlines) {
        for (int line : lines) {
            var own = outlines.entrySet().stream().filter(o -> holds(o.getKey())).map(Map.Entry::getValue).toList();
            if (own.stream().allMatch(o -> o.at(line).isEmpty()))
                throw new InputException(
                    "%s has no scenario at line %s; its scenarios are at the lines %s".formatted(path, Integer.toString(line),
                        own.stream().flatMap(o -> o.at(1).stream()).map(l -> Integer.toString(l)).collect(Collectors.joining(", "))));
        }
    }

    /// Whether any of the places selects what is known by its line.
    static boolean anySelects(List<TypedPlace> places, URI feature, int line, Map<URI, FeatureOutline> outlines) {
        var outline = outlines.get(feature);
        return places.stream().anyMatch(p -> p.holds(feature)
            && (p.lines.isEmpty() || outline != null && p.lines.stream().anyMatch(l -> outline.at(l).contains(line))));
    }

    /// Whether the other lies somewhere in this folder.
    boolean contains(TypedPlace other) {
        return !absolute(path).equals(absolute(other.path)) && absolute(other.path).startsWith(absolute(path));
    }

    private boolean holds(URI feature) {
        return absolute(FeaturePaths.of(feature)).startsWith(absolute(path));
    }

    private static Path absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }
}
