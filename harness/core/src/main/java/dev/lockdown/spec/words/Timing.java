package dev.lockdown.spec.words;

import dev.lockdown.chaos.TimeClaim;
import dev.lockdown.state.InputException;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is said of the time of a watched flow, in one piece: `is back within 1 s, 4 of 5 times`, `was never shut outside the disruptions`.
public record Timing(TimeClaim claim) {
    private static final String DURATION = "\\d+(?:\\.\\d+)? (?:ms|s|min|h)";
    public static final String REGEX =
        "is (?:cut off|back) within " + DURATION + "(?:, \\d+ of \\d+ times)?|was never (?:open|shut)(?: for longer than "
            + DURATION + ")?(?: outside the disruptions)?";
    private static final Pattern TURN =
        Pattern.compile("is (cut off|back) within (" + DURATION + ")(?:, (\\d{1,9}) of (\\d{1,9}) times)?");
    private static final Pattern NEVER =
        Pattern.compile("was never (open|shut)(?: for longer than (" + DURATION + "))?( outside the disruptions)?");

    /// @param durations reads such as `1 s`
    /// @throws InputException if it says no time
    public static Timing parse(String text, Function<String, Duration> durations) {
        var turn = TURN.matcher(text);
        if (turn.matches()) {
            var within = durations.apply(turn.group(2));
            var times = turn.group(3) == null ? TimeClaim.Times.ONCE
                : times(Integer.parseInt(turn.group(3)), Integer.parseInt(turn.group(4)));
            return new Timing(turn.group(1).equals("back") ? new TimeClaim.Back(within, times) : new TimeClaim.CutOff(within, times));
        }
        var never = NEVER.matcher(text);
        if (!never.matches()) throw InputException.about(text, "\"%s\" says no time; expected such as is back within 1 s".formatted(text));
        boolean outside = never.group(3) != null;
        var longer = longer(never.group(2), durations);
        return new Timing(never.group(1).equals("open") ? new TimeClaim.NeverOpen(longer, outside)
            : new TimeClaim.NeverShut(longer, outside));
    }

    private static Duration longer(@Nullable String text, Function<String, Duration> durations) {
        return text == null ? Duration.ZERO : durations.apply(text);
    }

    /// @throws InputException if there cannot be so many
    public static TimeClaim.Times times(int needed, int of) {
        if (of < 2)
            throw new InputException(
                "\"%s of %s times\" is of one turn; leave it out".formatted(Integer.toString(needed), Integer.toString(of)));
        if (needed < 1 || needed > of)
            throw new InputException(
                "\"%s of %s times\" cannot be: the first number is from 1 to the second".formatted(Integer.toString(needed),
                    Integer.toString(of)));
        return new TimeClaim.Times(needed, of);
    }
}
