package dev.lockdown.probe;

import java.util.concurrent.TimeUnit;

/// Chooses the source ports of one endpoint's dials.
public interface SourcePorts {
    /// @return 0 where the kernel shall choose
    int next();

    /// Whether every dial leaves from the same port, so that a dial's attempts cannot stand side by side.
    default boolean fixed() {
        return false;
    }

    static SourcePorts ephemeral() {
        return () -> 0;
    }

    static SourcePorts fixedAt(int port) {
        return new SourcePorts() {
            @Override
            public int next() {
                return port;
            }

            @Override
            public boolean fixed() {
                return true;
            }
        };
    }

    /// Go round a range, so that a port comes again as late as possible: connection tracking answers for the policy while it
    /// remembers an address and port (TCP 10 s after a reset, UDP 30 s, at most 120 s).
    ///
    /// @param last inclusive
    /// @param begin where in the range to begin
    /// @param early called before the range begins again within those 120 s, to make connection tracking forget
    static SourcePorts rotating(int first, int last, int begin, Runnable early) {
        return new Rotating(first, last, begin, early);
    }

    /// See [SourcePorts#rotating].
    final class Rotating implements SourcePorts {
        private static final long REMEMBERED = TimeUnit.SECONDS.toNanos(120);

        private final int first;
        private final int last;
        private final int begin;
        private final Runnable early;
        private int next;
        private boolean used;
        private long began = System.nanoTime();

        private Rotating(int first, int last, int begin, Runnable early) {
            this.first = first;
            this.last = last;
            this.begin = begin;
            this.early = early;
            next = begin;
        }

        @Override
        public synchronized int next() {
            if (next == begin && used) beginAgain();
            used = true;
            int port = next;
            next = port == last ? first : port + 1;
            return port;
        }

        private void beginAgain() {
            long now = System.nanoTime();
            if (now - began < REMEMBERED) early.run();
            began = now;
        }
    }
}
