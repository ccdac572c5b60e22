package dev.lockdown.probe;

import dev.lockdown.flow.Family;
import java.net.InetSocketAddress;

/// Addresses as people write them.
final class Addresses {
    private Addresses() {}

    /// `10.42.0.5:80` or `[fd42::5]:80`.
    static String text(InetSocketAddress address) {
        var host = address.getAddress().getHostAddress();
        return Family.of(address.getAddress()) == Family.IPV6 ? "[%s]:%s".formatted(host, address.getPort())
            : host + ":" + address.getPort();
    }
}
