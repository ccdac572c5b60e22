package dev.lockdown.chaos;

/// A time during which the cluster was disrupted while flows were watched.
///
/// @param words what was done
/// @param beganMicros right before the deed, since the watch began
/// @param healedMicros when it was healed; [Long#MAX_VALUE] where that was never seen
/// @param overMicros when enforcement had been seen to work again, on every node; from then on samples count again
public record Disrupted(String words, long beganMicros, long healedMicros, long overMicros) {
    public Disrupted {
        if (healedMicros < beganMicros || overMicros < healedMicros)
            throw new IllegalArgumentException("a disruption begins, is healed and is over, in this order");
    }
}
