package dev.lockdown.flow;

import java.util.Locale;

/// A protocol and a port number from 1 to 65535, written `TCP/8080`.
public record Port(Protocol protocol, int number) implements Comparable<Port> {
    public Port {
        if (number < 1 || number > 65535) throw new IllegalArgumentException("port %s is not between 1 and 65535".formatted(number));
    }

    /// Parse `TCP/8080`.
    ///
    /// @throws IllegalArgumentException saying what was expected
    public static Port parse(String text) {
        var parts = text.split("/", -1);
        if (parts.length != 2) throw new IllegalArgumentException("\"%s\" is not of the form TCP/8080".formatted(text));
        try {
            return new Port(Protocol.valueOf(parts[0].toUpperCase(Locale.ROOT)), Integer.parseInt(parts[1]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"%s\" has no number after the slash; expected TCP/8080".formatted(text), e);
        }
    }

    @Override
    public int compareTo(Port other) {
        int byProtocol = protocol.compareTo(other.protocol);
        return byProtocol != 0 ? byProtocol : Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return protocol + "/" + number;
    }
}
