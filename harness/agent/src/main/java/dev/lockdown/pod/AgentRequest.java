package dev.lockdown.pod;

import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request of the harness to an agent, which answers each with one [AgentResponse] of the same id.
///
/// The names on the line (`errands`, `mailbox`, `letter`) are those of version 1 and stay.
public sealed interface AgentRequest {
    long id();

    /// Make dials, all at once.
    ///
    /// @param deadline of each, in milliseconds
    /// @param payload bytes that an echo must carry each way besides
    record Dials(long id, int deadline, int payload, List<DialRequest> dials) implements AgentRequest {
        public Dials {
            dials = List.copyOf(dials);
        }
    }

    /// Say whether echo questions with these nonces arrived.
    record Saw(long id, List<String> nonces) implements AgentRequest {
        public Saw {
            nonces = List.copyOf(nonces);
        }
    }

    /// Open a UDP port that has never sent anything, for an unsolicited datagram.
    ///
    /// @param family an address literal of the wanted family: the sender's
    record OpenReceiver(long id, String family) implements AgentRequest {}

    /// Send what a receiver waits for, from a port that is served here.
    record SendDatagram(long id, int port, String to, int receiver, byte[] datagram) implements AgentRequest {}

    /// Look whether the datagram has come.
    ///
    /// @param within how long to wait for it, in milliseconds
    /// @param last whether to close the receiver then
    record Receive(long id, int receiver, int within, boolean last) implements AgentRequest {}

    /// Sample flows from now on, until it is ended or nobody has asked for samples for three minutes.
    ///
    /// @param watch its number, by which it is asked for; one of the same number is ended
    /// @param interval between two samples of the same flow, in microseconds
    /// @param deadline of each answer, in milliseconds
    /// @param series of each flow's echo questions, see [dev.lockdown.probe.Echo#numbered]; 0 where nothing is asked
    /// @param first whether to hand over what was dialled before the agent could
    record Watch(long id, int watch, long interval, int deadline, List<DialRequest> flows, List<Long> series, boolean first)
            implements
                AgentRequest {
        public Watch {
            flows = List.copyOf(flows);
            series = List.copyOf(series);
        }
    }

    /// Give the samples since the last time.
    ///
    /// @param last whether to end the watch then, and to wait for its last answers
    record Samples(long id, int watch, boolean last) implements AgentRequest {}

    /// Say which numbers of some series of echo questions arrived, and keep these series from now on.
    ///
    /// @param asked three numbers each: the series, the first number, how many
    record Arrived(long id, List<Long> asked) implements AgentRequest {
        public Arrived {
            asked = List.copyOf(asked);
        }
    }

    /// Open a connection that is to be held, and answer with one's own end of it.
    ///
    /// @param hold its number, by which it is asked for; one of the same number is closed
    /// @param interval between two beats, in microseconds; 0 for no pause
    record OpenHeld(long id, int hold, Protocol protocol, String to, int port, long interval) implements AgentRequest {}

    /// Take over the server's end of a connection that another agent has opened, and send beats on it.
    ///
    /// @param port that is served here
    /// @param peer the address of who opened it
    record TakeHeld(long id, int hold, Protocol protocol, int port, String peer, int peerPort, long interval) implements AgentRequest {}

    /// Ask over a connection that was opened here, before its beats begin, from which address its server sees it come.
    record SeenHeld(long id, int hold) implements AgentRequest {}

    /// Give the beats that were sent and heard since the last time. The first such request begins them.
    ///
    /// @param last whether to let go of the connection then
    record BeatsOf(long id, int hold, boolean last) implements AgentRequest {}

    /// Be another from now on: answer under this identity, serve these ports and no others. Watches, held connections and receivers of before
    /// end; what is served before and afterwards is not interrupted.
    record Become(long id, String identity, List<Port> serves) implements AgentRequest {
        public Become {
            serves = List.copyOf(serves);
        }
    }

    /// Say whether the kernel there has sockets of a protocol, which makes it load what it has in store.
    record Lacks(long id, Protocol protocol) implements AgentRequest {}

    /// Say where the image has a program.
    record Find(long id, String program) implements AgentRequest {}

    /// Tell the length of the mounted service account token.
    record Token(long id) implements AgentRequest {}

    /// One that this version does not know.
    record Unknown(long id, String kind) implements AgentRequest {}

    /// Whom to dial, and what to say.
    ///
    /// @param fromPort 0 for a fresh one
    /// @param once whether to make one attempt alone, since each may get to another backend
    record DialRequest(ExchangeSpec exchange, Protocol protocol, String to, int port, int fromPort, boolean once) {
        /// A usual one, of several attempts.
        public DialRequest(ExchangeSpec exchange, Protocol protocol, String to, int port, int fromPort) {
            this(exchange, protocol, to, port, fromPort, false);
        }
    }

    /// What the two ends of a dial say to each other; the agent makes a [dev.lockdown.probe.Exchange] of it.
    sealed interface ExchangeSpec {
        /// Speak with another agent, of which any of these may answer.
        record Echo(List<String> expected) implements ExchangeSpec {
            public Echo {
                expected = List.copyOf(expected);
            }
        }

        /// Ask a name server.
        ///
        /// @param query a DNS message (RFC 1035), without a length before it
        record Dns(byte[] query) implements ExchangeSpec {
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Dns(var its) && Arrays.equals(query, its);
            }

            @Override
            public int hashCode() {
                return Arrays.hashCode(query);
            }
        }

        /// Only connect, as one can to what runs no agent.
        record Connect() implements ExchangeSpec {}

        /// Ask the Kubernetes API for its version, with the mounted token and certificate.
        ///
        /// @param host as its certificate names it
        record Api(String host) implements ExchangeSpec {}

        /// Ask for a page over HTTP, with a sample of a watch.
        ///
        /// @param expected the agents of which any may answer; empty where others do
        record Http(String host, List<String> expected) implements ExchangeSpec {
            public Http {
                expected = List.copyOf(expected);
            }
        }

        /// Send an ICMP echo request.
        record Ping() implements ExchangeSpec {}
    }

    /// Write as the body of a line.
    default Map<String, @Nullable Object> json() {
        return RequestJson.of(this);
    }

    /// Read the body of a line.
    ///
    /// @throws IllegalArgumentException if it is no request
    static AgentRequest of(Map<String, @Nullable Object> json) {
        return RequestJson.read(json);
    }
}
