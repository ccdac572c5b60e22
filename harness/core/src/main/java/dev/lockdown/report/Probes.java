package dev.lockdown.report;

/// How many questions were put to the network.
///
/// @param asked all of them, in every round
/// @param baseline those of baselines
/// @param baselineOpen those of baselines that were answered
public record Probes(long asked, long baseline, long baselineOpen) {
    public static final Probes NONE = new Probes(0, 0, 0);

    public Probes plus(Probes other) {
        return new Probes(asked + other.asked, baseline + other.baseline, baselineOpen + other.baselineOpen);
    }
}
