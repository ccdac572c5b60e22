package dev.lockdown.flow;

import java.time.Duration;
import java.util.List;

/// What one probe saw.
///
/// An outcome is a fact, not a judgement: `TimedOut` may be a policy that drops, a dead link or a listener that was never
/// there. A judge decides which, from several outcomes and a control.
public sealed interface Outcome {

    /// Whether nothing of the far end was heard: what a policy that blocks looks like, and a dead link or listener too.
    default boolean isSilent() {
        return switch (this) {
            case TimedOut _, Refused _, Unreachable _ -> true;
            case Connected _, Resolved _, Misdirected _, Unresolved _, ProbeFailed _ -> false;
        };
    }

    /// The server answered with the nonce of this very dial.
    ///
    /// @param roundTrip from the first byte sent to the answer, on the dialler's monotonic clock
    /// @param answeredBy who says so: `namespace/name` of a pod, the name of a node or host
    /// @param sourceSeen the address from which the server saw the dial come; differs from the dialler's own after SNAT
    record Connected(Duration roundTrip, String answeredBy, String sourceSeen) implements Outcome {
        public Connected {
            if (roundTrip.isNegative()) throw new IllegalArgumentException("round trip " + roundTrip);
        }
    }

    /// The name was resolved.
    record Resolved(Duration roundTrip, List<String> addresses) implements Outcome {
        public Resolved {
            addresses = List.copyOf(addresses);
        }
    }

    /// Somebody answered, but not the one that was dialled.
    record Misdirected(String answeredBy) implements Outcome {}

    /// The far end, or a rule on the way, refused at once: TCP RST, SCTP ABORT, or ICMP port unreachable.
    record Refused() implements Outcome {}

    /// ICMP said no on the way. A policy may do this (administratively prohibited); a missing route does it too.
    record Unreachable(Icmp icmp) implements Outcome {}

    /// No answer came.
    ///
    /// @param after how long the dialler waited; shorter than its deadline where the data plane itself reported the drop
    record TimedOut(Duration after, Lost lost) implements Outcome {}

    /// The name server answered, but not with an address, so nothing was dialled: NXDOMAIN, SERVFAIL, no data.
    record Unresolved(String name, String why) implements Outcome {
        /// Whether there is no such name (RFC 1035, rcode 3), and not just no address or no server that knows.
        public boolean noSuchName() {
            return why.equals("NXDOMAIN");
        }
    }

    /// The probe itself could not do its work; says nothing about the network.
    record ProbeFailed(String cause) implements Outcome {}

    /// The ICMP destination-unreachable codes that tell causes apart (RFC 792, RFC 1812 section 5.2.7.1).
    enum Icmp {
        NO_ROUTE, HOST, ADMINISTRATIVELY_PROHIBITED
    }

    /// Which half of a question and its answer went missing, where the receiver can tell.
    enum Lost {
        REQUEST, REPLY, UNKNOWN
    }
}
