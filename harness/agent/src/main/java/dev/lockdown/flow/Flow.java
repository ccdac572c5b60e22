package dev.lockdown.flow;

/// Who talks to whom, by what protocol and port, over which family.
///
/// @param port the destination's port: of the pod, or of the Service when the destination is one
public record Flow(Endpoint source, Endpoint destination, Port port, Family family) implements WatchedFlow {

    /// Make a flow over IPv4.
    public static Flow of(Endpoint source, Endpoint destination, Port port) {
        return new Flow(source, destination, port, Family.IPV4);
    }

    @Override
    public Flow flow() {
        return this;
    }

    @Override
    public String toString() {
        // By hand, since reports say it a hundred thousand times.
        return source + " to " + destination + " on " + port + (family == Family.IPV6 ? " over IPv6" : "");
    }
}
