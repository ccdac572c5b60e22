package dev.lockdown.manifest.yaml;

import dev.lockdown.state.OutsideText;

/// Where in a file, counted from one as editors do: `policies/deny.yaml:7:3`.
///
/// @param line 0 where the file as a whole is meant
public record Position(String file, int line, int column) {

    /// The first character of a file.
    public static Position startOf(String file) {
        return new Position(file, 1, 1);
    }

    public static Position whole(String file) {
        return new Position(file, 0, 0);
    }

    @Override
    public String toString() {
        var name = OutsideText.inOneLine(file);
        return line == 0 ? name : "%s:%s:%s".formatted(name, line, column);
    }
}
