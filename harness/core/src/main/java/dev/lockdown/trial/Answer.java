package dev.lockdown.trial;

import dev.lockdown.flow.Probe;
import java.util.List;

/// What the network answered to a probe about which nobody claims anything.
///
/// @param how in words, such as `shop/api answered in 0.2 ms`
public record Answer(Probe probe, Verdict verdict, String how, List<String> evidence) {
    public Answer {
        evidence = List.copyOf(evidence);
    }
}
