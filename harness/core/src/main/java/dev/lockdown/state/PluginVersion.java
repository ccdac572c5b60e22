package dev.lockdown.state;

import java.util.Comparator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A version of a network plugin; what follows its three numbers (`-rc1`, `+k3s1`, `-eksbuild.2`) says nothing of its defects and is left out.
public record PluginVersion(int major, int minor, int patch) implements Comparable<PluginVersion> {
    private static final Pattern NUMBERS = Pattern.compile("v?(\\d{1,5})\\.(\\d{1,5})(?:\\.(\\d{1,5}))?(?!\\d).*");
    private static final Comparator<PluginVersion> ORDER =
        Comparator.comparingInt(PluginVersion::major).thenComparingInt(PluginVersion::minor).thenComparingInt(PluginVersion::patch);

    /// Read the version that a tag begins with.
    ///
    /// @return null where it begins with none: `latest`, `master`, a date or a hash
    public static @Nullable PluginVersion of(String tag) {
        var found = NUMBERS.matcher(tag);
        if (!found.matches()) return null;
        var patch = found.group(3);
        return new PluginVersion(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)),
            patch == null ? 0 : Integer.parseInt(patch));
    }

    @Override
    public int compareTo(PluginVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "%s.%s.%s".formatted(Integer.toString(major), Integer.toString(minor), Integer.toString(patch));
    }
}
