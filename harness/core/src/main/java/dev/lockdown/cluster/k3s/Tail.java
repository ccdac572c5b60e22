package dev.lockdown.cluster.k3s;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The last lines of a log. Thread-safe.
final class Tail {
    private static final int LINES = 200;

    private final Deque<String> lines = new ArrayDeque<>(); // guarded by this

    synchronized void add(String line) {
        lines.add(line);
        if (lines.size() > LINES) lines.remove();
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
