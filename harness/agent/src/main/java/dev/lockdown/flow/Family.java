package dev.lockdown.flow;

import java.net.Inet6Address;
import java.net.InetAddress;

/// The IP family, named as Kubernetes names it in `ipFamilies`.
public enum Family {
    IPV4("IPv4"), IPV6("IPv6");

    private final String label;

    Family(String label) {
        this.label = label;
    }

    /// The family of an address. An IPv4-mapped IPv6 address (RFC 4291 section 2.5.5.2) is IPv4 to Java, and so it is here.
    public static Family of(InetAddress address) {
        return address instanceof Inet6Address ? IPV6 : IPV4;
    }

    @Override
    public String toString() {
        return label;
    }
}
