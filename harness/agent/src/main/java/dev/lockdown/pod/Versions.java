package dev.lockdown.pod;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The versions of the line's language that one end speaks, both included. Each version understands its neighbours: members that it
/// does not know it lets be, and a request that it does not know it answers with a failure.
public record Versions(int oldest, int newest) {
    /// What this build speaks.
    public static final Versions OURS = new Versions(1, 1);

    /// @throws IllegalArgumentException if there are none
    public Versions {
        if (oldest > newest) throw new IllegalArgumentException("versions %s to %s".formatted(oldest, newest));
    }

    /// The newest that both speak, or 0 for none.
    public int shared(Versions other) {
        int newest = Math.min(this.newest, other.newest);
        return newest >= Math.max(oldest, other.oldest) ? newest : 0;
    }

    Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("oldest", oldest);
        json.put("newest", newest);
        return json;
    }

    static Versions of(Fields fields) {
        return new Versions(fields.small("oldest"), fields.small("newest"));
    }

    @Override
    public String toString() {
        return oldest == newest ? "version " + newest : "versions %s to %s".formatted(oldest, newest);
    }
}
