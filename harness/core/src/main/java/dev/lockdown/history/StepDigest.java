package dev.lockdown.history;

import java.util.List;

/// A verdict step.
///
/// @param text as written, without its keyword
/// @param verdicts sorted by flow; each flow once, the worst where a step asks of it more than once
public record StepDigest(int line, String text, List<FlowVerdict> verdicts) {
    public StepDigest {
        verdicts = List.copyOf(verdicts);
    }
}
