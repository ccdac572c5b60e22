package dev.lockdown.trial;

/// What a step says of a probe.
public enum Wanted {
    OPEN("open"), BLOCKED("blocked");

    private final String word;

    Wanted(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
