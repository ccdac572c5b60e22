package dev.lockdown.chaos;

/// What was done to the cluster while flows were watched.
///
/// @param words such as `policy shop/deny-all applied`
/// @param sentMicros since the watch began; negative where it was done before
/// @param answeredMicros when the cluster had answered
/// @param errorMicros by how much both may be off, by the clock of the samples
public record Cause(String words, long sentMicros, long answeredMicros, long errorMicros) {

    /// One by the same clock as the samples.
    public Cause(String words, long sentMicros, long answeredMicros) {
        this(words, sentMicros, answeredMicros, 0);
    }
}
