package dev.lockdown.trial;

import dev.lockdown.flow.Probe;
import dev.lockdown.policy.Expectation;
import dev.lockdown.policy.Oracle;
import org.jspecify.annotations.Nullable;

/// What the policies demand of a probe.
final class Demands {
    private Demands() {}

    /// @return null where they have no say by themselves: a name needs its server as well, and a datagram that nobody asked for no port
    static @Nullable Expectation of(Probe probe, Oracle oracle) {
        return switch (probe) {
            case Probe.Reach(var flow, _) -> oracle.expect(flow);
            case Probe.Ping(var source, var destination, var family) -> oracle.expectPing(source, destination, family);
            case Probe.Resolve _, Probe.Unasked _ -> null;
        };
    }
}
