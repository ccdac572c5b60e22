package dev.lockdown.cli;

import dev.lockdown.cluster.WaitListener;
import dev.lockdown.verdict.Figures;
import java.time.Duration;
import java.util.function.Consumer;

/// Tells in lines what is waited for outside of scenarios.
record WaitLines(Consumer<String> lines) implements WaitListener {

    @Override
    public void waiting(String what, Duration lasted) {
        lines.accept("waiting for " + what);
    }

    @Override
    public void over(String what, Duration lasted, boolean met) {
        lines.accept("%s after %s".formatted(met ? "that is so" : "in vain", Figures.duration(lasted)));
    }
}
