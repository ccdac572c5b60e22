package dev.lockdown.probe;

import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Outcome.Icmp;
import dev.lockdown.flow.Outcome.ProbeFailed;
import dev.lockdown.flow.Outcome.Refused;
import dev.lockdown.flow.Outcome.Unreachable;
import java.net.PortUnreachableException;
import org.jspecify.annotations.Nullable;

/// What the network or the kernel said when a system call of a dial failed.
///
/// The JDK keeps errno only in the exception's text, which is strerror's in the C locale. What Linux makes of ICMP is in
/// `icmp_err_convert` (net/ipv4/icmp.c) and `tab_unreach` (net/ipv6/icmp.c): over IPv4 "host unreachable" and "administratively
/// prohibited" are both EHOSTUNREACH, told apart here by nobody; over IPv6 the latter is EACCES.
public final class Failures {
    private Failures() {}

    /// @return null where the failure decides nothing and the dial waits on
    public static @Nullable Outcome outcome(Exception failure) {
        if (failure instanceof PortUnreachableException) return new Refused();
        var text = String.valueOf(failure.getMessage());
        return switch (text) {
            case "Connection refused", "Connection reset", "Connection reset by peer", "Broken pipe" -> new Refused();
            case "No route to host" -> new Unreachable(Icmp.HOST);
            case "Network is unreachable" -> new Unreachable(Icmp.NO_ROUTE);
            case "Permission denied" -> new Unreachable(Icmp.ADMINISTRATIVELY_PROHIBITED);
            // ENOPROTOOPT: ICMP protocol unreachable.
            case "Protocol not available" -> new ProbeFailed("the kernel at the far end does not speak the protocol");
            // EPERM: a rule of the sender's own machine dropped the datagram. ETIMEDOUT: the kernel gave up sooner than the deadline.
            case "Operation not permitted", "Connection timed out" -> null;
            default -> new ProbeFailed(failure.getMessage() == null ? failure.getClass().getSimpleName() : text);
        };
    }
}
