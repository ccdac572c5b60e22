package dev.lockdown.cluster.embedded.wiring;

import java.util.BitSet;

/// Numbers from 0 on, of which the lowest free one is given out: what a stopped pod had is given again first.
public final class IndexAllocator {
    private final BitSet taken = new BitSet();
    private final int size;
    private final String what;

    /// @param what they are, for the message when there are no more: `pods on node-1`
    public IndexAllocator(int size, String what) {
        this.size = size;
        this.what = what;
    }

    /// @throws IllegalArgumentException if all are taken
    public int take() {
        int lowest = taken.nextClearBit(0);
        if (lowest >= size) throw new IllegalArgumentException("there is no room for more than %s %s".formatted(size, what));
        taken.set(lowest);
        return lowest;
    }

    public void giveBack(int number) {
        taken.clear(number);
    }
}
