package dev.lockdown.cluster.kubernetes.lease;

import dev.lockdown.cluster.Polling;
import java.time.Duration;
import java.util.function.Supplier;

/// Whether a lease is renewed. Its times are of its holder's clock, which may be an hour off ours: what changes under our eyes is alive, whatever
/// they say.
///
/// @param polling tells what is waited for
/// @param within which a run renews its lease
public record Renewals(Polling polling, Duration within) {
    /// What was renewed so long ago is not looked at: no clock is that far off unnoticed.
    static final Duration OLD = Duration.ofDays(1);

    /// Wait for the next one.
    ///
    /// @param version of the lease, as it is now
    /// @return whether one came
    boolean seen(String holder, Supplier<String> version) {
        var before = version.get();
        return !polling.until(within, version, now -> !now.equals(before),
            _ -> "the run %s to renew its lease, since the clock of its machine may differ from this one's".formatted(holder)).value()
            .equals(before);
    }
}
