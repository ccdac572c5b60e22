package dev.lockdown.spec;

import dev.lockdown.cluster.UnsupportedException;
import io.cucumber.core.backend.Pending;

/// Ends a scenario that this cluster cannot play. Cucumber takes it for pending, which is neither passed nor failed.
@Pending
final class SkippedException extends RuntimeException {
    SkippedException(UnsupportedException reason) {
        super(reason.getMessage(), reason);
    }
}
