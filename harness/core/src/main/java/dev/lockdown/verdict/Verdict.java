package dev.lockdown.verdict;

import dev.lockdown.flow.Outcome;
import java.util.List;

/// What the outcomes of one probe prove. There is no boolean view: callers must say what they do with `Inconclusive`.
public sealed interface Verdict {
    record Open() implements Verdict {}

    record Blocked(Manner manner, Control.Grade grade) implements Verdict {}

    /// Open to some backends, in some rounds or in one half, and not in the others.
    record Mixed(List<Outcome> outcomes) implements Verdict {
        public Mixed {
            outcomes = List.copyOf(outcomes);
        }
    }

    record Inconclusive(Doubt doubt) implements Verdict {}

    enum Manner {
        DROPPED, REJECTED
    }
}
