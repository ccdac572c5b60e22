package dev.lockdown.cluster.kubernetes.nodes;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// A line of a pod's log.
///
/// @param at by the clock of its machine
/// @param text without the prefix of our own scripts
record HostLine(Instant at, String text) {
    private static final String OURS = "lockdown: ";

    /// Parse `2026-11-28T20:51:33.123456789Z lockdown: cut`.
    ///
    /// @return null where it is no such line
    static @Nullable HostLine parse(String line) {
        int space = line.indexOf(' ');
        if (space < 0) return null;
        var text = line.substring(space + 1);
        try {
            return new HostLine(OffsetDateTime.parse(line.substring(0, space)).toInstant(),
                text.startsWith(OURS) ? text.substring(OURS.length()) : text);
        } catch (DateTimeException _) {
            return null;
        }
    }
}
