package dev.lockdown.flow;

/// The protocols that a NetworkPolicy port may name, with their IANA numbers.
public enum Protocol {
    TCP(6), UDP(17), SCTP(132);

    private final int number;

    Protocol(int number) {
        this.number = number;
    }

    /// The protocol's number in the IP header.
    public int number() {
        return number;
    }
}
