package dev.lockdown.trial;

/// What a step says of a probe.
public enum Wanted {
    OPEN("open"), BLOCKED("blocked"),
    /// Open to some of a Service's backends and blocked to the others.
    MIXED("mixed");

    private final String word;

    Wanted(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
