package dev.lockdown.probe;

import java.util.concurrent.atomic.AtomicLong;

/// Numbers that identify one dial among all, of any agent on any machine.
final class Nonces {
    private final AtomicLong next;

    private Nonces(long first) {
        next = new AtomicLong(first);
    }

    static Nonces fresh() {
        return new Nonces(System.nanoTime() ^ (ProcessHandle.current().pid() << 40));
    }

    /// Neighbouring counts give numbers far apart (the finalizer of SplitMix64), so that two agents' series do not meet.
    long next() {
        long z = next.addAndGet(0x9e3779b97f4a7c15L);
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
