package dev.lockdown.cluster;

import dev.lockdown.disruption.Unattended;

/// What a cluster keeps of a disruption from before its first deed until it is healed, so that it does not outlive a harness that is
/// killed.
public interface DisruptionGuard extends AutoCloseable {

    /// What becomes of the disruption if the harness is killed.
    Unattended unattended();

    /// It was healed: nothing has to be kept any more. Repeatable.
    ///
    /// @throws ClusterException if the cluster does not answer
    @Override
    void close();

    /// One that keeps nothing.
    static DisruptionGuard keepingNothing(Unattended unattended) {
        return new DisruptionGuard() {
            @Override
            public Unattended unattended() {
                return unattended;
            }

            @Override
            public void close() {}
        };
    }
}
