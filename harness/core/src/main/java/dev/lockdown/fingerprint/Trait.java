package dev.lockdown.fingerprint;

/// One behaviour that the API leaves open, as it was measured.
///
/// @param id by which it is compared with another fingerprint's, such as `denied-tcp`
/// @param question what it tells, for people
/// @param behaviour the answer without figures, by which it is compared; empty where it was not measured
/// @param answer in few words, or why it was not measured
/// @param method how it was measured
/// @param samples how many observations the answer rests on; 0 where it was not measured
public record Trait(String id, String question, String behaviour, String answer, String method, int samples) {
    Trait(String id, String question, String answer, String method, int samples) {
        this(id, question, answer, answer, method, samples);
    }

    static Trait unmeasured(String id, String question, String why) {
        return new Trait(id, question, "", "not measured: " + why, "", 0);
    }

    public boolean isMeasured() {
        return samples > 0;
    }
}
