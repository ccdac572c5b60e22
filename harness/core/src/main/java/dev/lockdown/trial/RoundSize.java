package dev.lockdown.trial;

import java.util.OptionalInt;

/// How much a scenario asks at one time.
///
/// @param pods that run from the beginning
/// @param flows in a round that asks for all that is claimed
/// @param every the line of the first step that speaks of every flow there is, if one does
public record RoundSize(int pods, long flows, OptionalInt every) {
    public static final RoundSize NOTHING = new RoundSize(0, 0, OptionalInt.empty());
}
