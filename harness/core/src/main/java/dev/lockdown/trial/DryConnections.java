package dev.lockdown.trial;

import dev.lockdown.chaos.FateClaim;
import dev.lockdown.chaos.FateVerdict;
import dev.lockdown.chaos.TimeVerdict.Ruling;
import dev.lockdown.flow.Flow;
import dev.lockdown.state.InputException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Connections of a scenario that is only checked.
final class DryConnections implements Connections {
    private final Set<Flow> held = new HashSet<>();

    @Override
    public void hold(Flow flow, @Nullable Duration interval, int line) {
        requireNew(held, flow);
        held.add(flow);
    }

    @Override
    public FateVerdict fate(Flow flow, FateClaim claim, int line) {
        if (!held.contains(flow)) throw notHeld(flow);
        return new FateVerdict(claim, Ruling.HOLDS, null, null, FateVerdict.Losses.NONE, null);
    }

    Set<Flow> held() {
        return held;
    }

    static InputException notHeld(Flow flow) {
        return InputException.missing("held connection", flow.toString(),
            "the connection %s is not held open; say before: Given %s is held open".formatted(flow, spoken(flow)));
    }

    static void requireNew(Collection<Flow> held, Flow flow) {
        if (held.contains(flow)) throw new InputException("the connection %s is held open already".formatted(flow));
    }

    private static String spoken(Flow flow) {
        return "\"%s\" to \"%s\" on %s".formatted(flow.source(), flow.destination(), flow.port());
    }
}
