package dev.lockdown.chaos;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What samples prove of a claim.
///
/// @param window that decides, or null where there is none
/// @param doubt why nothing is proven, or null
/// @param turns all that were judged, where the claim is of more than one
/// @param leftOpen where the API says that it leaves open what the claim is about, which is then not judged; or null
public record TimeVerdict(TimeClaim claim, Ruling ruling, @Nullable Window window, @Nullable Doubt doubt, List<Window> turns,
        @Nullable String leftOpen) {
    public TimeVerdict {
        turns = List.copyOf(turns);
    }

    public TimeVerdict(TimeClaim claim, Ruling ruling, @Nullable Window window, @Nullable Doubt doubt, List<Window> turns) {
        this(claim, ruling, window, doubt, turns, null);
    }

    public TimeVerdict(TimeClaim claim, Ruling ruling, @Nullable Window window, @Nullable Doubt doubt) {
        this(claim, ruling, window, doubt, List.of());
    }

    public enum Ruling {
        HOLDS, FAILS, INCONCLUSIVE,
        /// Either would do, since the API leaves it open.
        NOT_JUDGED
    }

    /// Why samples prove nothing.
    public enum Doubt {
        /// The flow was not sampled before the change, or not at all.
        NO_SAMPLES,
        /// It was before the change what it was to become.
        ALREADY,
        /// What it was to be seen in was never seen: a flow that never worked is not cut off.
        NEVER_OPEN,
        /// The bound lies between two samples.
        BETWEEN_SAMPLES,
        /// The samples end before the bound does.
        ENDED_EARLY,
        /// For longer than the bound nothing is known of it.
        UNSAMPLED,
        /// It turned fewer times than the claim is of.
        TOO_FEW,
        /// Its name server answered without an address, which proves neither.
        UNRESOLVED
    }

    /// The same samples, where the API leaves open what they are asked about: what was seen stays, and is not judged.
    ///
    /// @param reference where the API says so, or null where it does not
    public TimeVerdict leftOpen(@Nullable String reference) {
        return reference == null ? this : new TimeVerdict(claim, Ruling.NOT_JUDGED, window, null, turns, reference);
    }

    static TimeVerdict holds(TimeClaim claim, @Nullable Window window) {
        return new TimeVerdict(claim, Ruling.HOLDS, window, null);
    }

    static TimeVerdict fails(TimeClaim claim, Window window) {
        return new TimeVerdict(claim, Ruling.FAILS, window, null);
    }

    static TimeVerdict doubtful(TimeClaim claim, @Nullable Window window, Doubt doubt) {
        return new TimeVerdict(claim, Ruling.INCONCLUSIVE, window, doubt);
    }
}
