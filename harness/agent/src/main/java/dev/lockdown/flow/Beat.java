package dev.lockdown.flow;

/// What became of one numbered beat on a connection that is held open.
public enum Beat {
    ARRIVED,
    /// It arrived, and so late that the network must have held it up: over TCP it was lost and sent again.
    DELAYED,
    /// It had not arrived by its deadline. Over TCP it may have come later, with those behind it.
    LOST,
    /// Its sender was told that there is no such connection any more: by a reset, an ICMP error, or its orderly end.
    REFUSED,
    /// Whoever was to send or to hear it was gone, so that nobody knows.
    UNKNOWN;

    public boolean hasArrived() {
        return this == ARRIVED || this == DELAYED;
    }
}
