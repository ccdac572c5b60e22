package dev.lockdown.state;

/// A policy type, seen from the selected pod.
public enum Direction {
    INGRESS("ingress"), EGRESS("egress");

    private final String word;

    Direction(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
