package dev.lockdown.cluster.k3s;

import java.time.Duration;

/// Is told how a cluster comes up. Called on any thread.
public interface Progress {

    /// @param what is waited for, one line
    void waiting(String phase, String what, Duration since);

    void done(String phase, Duration took);

    /// Something that the user should know.
    void note(String text);
}
