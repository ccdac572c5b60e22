package dev.lockdown.cli;

import java.time.Duration;

/// Reads spans of time as people type them: `30s`, `5m`, `1h`.
final class DurationText {
    private DurationText() {}

    /// @throws IllegalArgumentException if the text is none
    static Duration parse(String text) {
        if (!text.matches("[1-9][0-9]{0,5}(ms|s|m|h)"))
            throw new IllegalArgumentException("\"%s\" is no span of time; expected one such as 30s, 5m or 1h".formatted(text));
        long number = Long.parseLong(text.replaceAll("[a-z]", ""));
        return switch (text.replaceAll("[0-9]", "")) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
