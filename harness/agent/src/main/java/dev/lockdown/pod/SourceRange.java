package dev.lockdown.pod;

import dev.lockdown.probe.AgentClock;
import dev.lockdown.probe.SourcePorts;

/// From which ports a pod's agent dials: those of a range in turn, beginning anywhere, so that connection tracking has forgotten one
/// before it comes again.
record SourceRange(int first, int last) {

    /// @param text `10000-29999`, or empty for what the kernel chooses
    static SourcePorts parse(String text) {
        if (text.isEmpty()) return SourcePorts.ephemeral();
        var ends = text.split("-", 2);
        var range = new SourceRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
        return SourcePorts.rotating(range.first, range.last, range.begin(), () -> {});
    }

    private int begin() {
        return first + (int) Math.floorMod(AgentClock.nanos() / 1000, (long) (last - first + 1));
    }
}
