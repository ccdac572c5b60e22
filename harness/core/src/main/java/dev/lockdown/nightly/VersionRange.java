package dev.lockdown.nightly;

import dev.lockdown.state.PluginVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Versions from and to: `>=2.0 <2.6.4`, all of which must hold; `2.6.3` is that one alone.
public record VersionRange(String text, List<Bound> bounds) {
    private static final Pattern BOUND = Pattern.compile("(?<how>[<>]=?|=)?(?<version>v?[0-9][0-9A-Za-z.+-]*)");

    public VersionRange {
        bounds = List.copyOf(bounds);
    }

    /// @param how `<`, `<=`, `>`, `>=` or `=`
    public record Bound(String how, PluginVersion version) {
        boolean admits(PluginVersion other) {
            int compared = other.compareTo(version);
            return switch (how) {
                case "<" -> compared < 0;
                case "<=" -> compared <= 0;
                case ">" -> compared > 0;
                case ">=" -> compared >= 0;
                default -> compared == 0;
            };
        }
    }

    /// @throws IllegalArgumentException if the text is none
    public static VersionRange parse(String text) {
        var bounds = new ArrayList<Bound>();
        for (var part : text.strip().split("\\s+")) {
            var bound = BOUND.matcher(part);
            var version = bound.matches() ? PluginVersion.of(bound.group("version")) : null;
            if (version == null)
                throw new IllegalArgumentException("\"%s\" is no range of versions; expected one such as \">=2.0 <2.6.4\"".formatted(text));
            bounds.add(new Bound(Objects.requireNonNullElse(bound.group("how"), "="), version));
        }
        return new VersionRange(text, bounds);
    }

    /// Whether a version is in it; one that is not known is in none.
    public boolean admits(@Nullable PluginVersion version) {
        return version != null && bounds.stream().allMatch(b -> b.admits(version));
    }

    @Override
    public String toString() {
        return text;
    }
}
