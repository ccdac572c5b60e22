package dev.lockdown.flow;

/// What one sample of a watched flow saw.
public enum Seen {
    /// The destination answered: SYN and ACK to a SYN, the nonce to a datagram, addresses to a question for a name.
    OPEN,
    /// Nothing came back in time.
    SILENT,
    /// Somebody said no: a reset, or an ICMP error.
    REJECTED,
    /// The question arrived, and its answer did not come back.
    REPLY_LOST,
    /// The sample could not be taken, so that it says nothing of the network.
    UNKNOWN,
    /// One of the ends was not there, so that nobody could get through and nobody could be kept from it.
    ABSENT,
    /// The name server answered that it knows no address of the name, or that it could not find out: the way to it is open, and whoever
    /// asks is none the better for it.
    UNRESOLVED;

    /// Whether it says that the flow was open or that it was shut.
    public boolean isKnown() {
        return switch (this) {
            case OPEN, SILENT, REJECTED, REPLY_LOST -> true;
            case UNKNOWN, ABSENT, UNRESOLVED -> false;
        };
    }

    /// Whether it shows that nobody gets through both ways.
    public boolean isShut() {
        return switch (this) {
            case SILENT, REJECTED, REPLY_LOST -> true;
            case OPEN, UNKNOWN, ABSENT, UNRESOLVED -> false;
        };
    }
}
