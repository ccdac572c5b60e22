package dev.lockdown.cluster.embedded.dial;

import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.probe.Exchange;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/// One dial that the [Dialler] shall make.
public sealed interface PlannedDial {
    /// The question that it answers.
    Probe probe();

    NetworkEndpoint source();

    /// To an address, which may be a Service's.
    ///
    /// @param fromPort the source port, or 0 for a fresh one
    /// @param exchange what is said; made for this dial alone, and its answer is read from it afterwards
    /// @param answering who may get to answer, to be served at once: the target itself, or the Service's backends; empty where
    ///        something with threads of its own listens
    record To(Probe probe, NetworkEndpoint source, Protocol protocol, InetSocketAddress target, int fromPort, Exchange exchange,
            List<Listener> answering) implements PlannedDial {
        public To {
            answering = List.copyOf(answering);
        }
    }

    /// A datagram that answers nothing, over the family of the probe, of which both must have an address.
    ///
    /// @param port the source's
    record Unasked(Probe probe, NetworkEndpoint source, int port, NetworkEndpoint destination) implements PlannedDial {
        public Unasked {
            source.address(probe.family());
            destination.address(probe.family());
        }
    }

    /// An ICMP echo.
    record Ping(Probe probe, NetworkEndpoint source, InetAddress target) implements PlannedDial {
        /// The protocol's number in the IP header.
        int protocol() {
            return target instanceof Inet4Address ? 1 : 58;
        }
    }

    /// @param port after any translation
    record Listener(NetworkEndpoint networkEndpoint, Port port) {}
}
