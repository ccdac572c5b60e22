package dev.lockdown.pod;

import dev.lockdown.probe.AgentClock;
import dev.lockdown.probe.SourcePorts;

/// From which ports a pod's agent dials: those of a range in turn, beginning anywhere, so that connection tracking has forgotten one
/// before it comes again.
record SourceRange(int first, int last) {

    /// @param text `10000-29999`, or empty for what the kernel chooses
    static SourcePorts parse(String text) {
        return text.isEmpty() ? SourcePorts.ephemeral() : read(text).ports(0);
    }

    /// @param text `10000-29999`
    static SourceRange read(String text) {
        var ends = text.split("-", 2);
        return new SourceRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
    }

    /// @param apart from where others of this range begin at the same time
    SourcePorts ports(int apart) {
        return SourcePorts.rotating(first, last, begin(apart), () -> {});
    }

    int size() {
        return last - first + 1;
    }

    private int begin(int apart) {
        return first + (int) Math.floorMod(AgentClock.nanos() / 1000 + apart, (long) size());
    }
}
