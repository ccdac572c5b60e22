package dev.lockdown.rules;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Port;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// The first packet of a flow, as a node of one of its ends sees it.
///
/// @param port null where it has none
/// @param comesBy the interface of the source's pod, or empty where it is not known or not on this node
/// @param goesBy that of the destination's
/// @param ofHost whether the source is no pod with an address of its own
/// @param toHost whether the destination is none
record Packet(InetAddress from, InetAddress to, @Nullable Port port, String comesBy, String goesBy, boolean ofHost, boolean toHost) {
    Family family() {
        return Family.of(to);
    }

    InetAddress address(boolean source) {
        return source ? from : to;
    }
}
