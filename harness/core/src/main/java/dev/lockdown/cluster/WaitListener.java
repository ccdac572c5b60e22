package dev.lockdown.cluster;

import java.time.Duration;

/// Hears what a cluster waits for, where that takes longer than a second. May be called by several threads.
public interface WaitListener {
    /// Hears nothing.
    WaitListener NONE = new WaitListener() {
        @Override
        public void waiting(String what, Duration lasted) {}

        @Override
        public void over(String what, Duration lasted, boolean met) {}
    };

    /// A wait goes on.
    ///
    /// @param what is waited for, for people; it may have changed since the last call
    void waiting(String what, Duration lasted);

    /// A wait that was told is over.
    ///
    /// @param met false where the deadline has passed
    void over(String what, Duration lasted, boolean met);
}
