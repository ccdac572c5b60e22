package dev.lockdown.conformance;

import java.util.List;
import java.util.Set;

/// The lists of ports that a rule may have, and which of the ports TCP/80, TCP/81, UDP/80 and UDP/81 each of them lets through.
///
/// Every pod names its ports `serve-80-tcp` and so on, of TCP, UDP and SCTP.
///
/// @param yaml of the list
record PortKind(String words, String yaml, Set<String> open) {
    static final List<String> ASKED = List.of("TCP/80", "TCP/81", "UDP/80", "UDP/81");

    private static PortKind of(String words, String yaml, String... open) {
        return new PortKind(words, yaml, Set.of(open));
    }

    /// One entry each: protocol by protocol, port by port, names, ranges, and those that fit nothing.
    static final List<PortKind> SINGLE = List.of(
        of("every port", "", "TCP/80", "TCP/81", "UDP/80", "UDP/81"),
        of("every port of the default protocol", "{}", "TCP/80", "TCP/81"),
        of("port 80 of the default protocol", "{port: 80}", "TCP/80"),
        of("port 81 of the default protocol", "{port: 81}", "TCP/81"),
        of("every port of TCP", "{protocol: TCP}", "TCP/80", "TCP/81"),
        of("TCP/80", "{protocol: TCP, port: 80}", "TCP/80"),
        of("TCP/81", "{protocol: TCP, port: 81}", "TCP/81"),
        of("every port of UDP", "{protocol: UDP}", "UDP/80", "UDP/81"),
        of("UDP/80", "{protocol: UDP, port: 80}", "UDP/80"),
        of("UDP/81", "{protocol: UDP, port: 81}", "UDP/81"),
        of("every port of SCTP", "{protocol: SCTP}"),
        of("SCTP/80", "{protocol: SCTP, port: 80}"),
        of("SCTP/81", "{protocol: SCTP, port: 81}"));

    static final List<PortKind> NAMED = List.of(
        of("the port named serve-80-tcp", "{protocol: TCP, port: serve-80-tcp}", "TCP/80"),
        of("the port named serve-81-tcp", "{protocol: TCP, port: serve-81-tcp}", "TCP/81"),
        of("the port named serve-80-udp", "{protocol: UDP, port: serve-80-udp}", "UDP/80"),
        of("the port named serve-81-udp", "{protocol: UDP, port: serve-81-udp}", "UDP/81"),
        of("the port named serve-80-sctp", "{protocol: SCTP, port: serve-80-sctp}"),
        of("the port named serve-81-sctp", "{protocol: SCTP, port: serve-81-sctp}"));

    static final List<PortKind> RANGES = List.of(
        of("TCP/53 to 80", "{protocol: TCP, port: 53, endPort: 80}", "TCP/80"),
        of("TCP/53 to 84", "{protocol: TCP, port: 53, endPort: 84}", "TCP/80", "TCP/81"),
        of("UDP/53 to 80", "{protocol: UDP, port: 53, endPort: 80}", "UDP/80"),
        of("UDP/53 to 84", "{protocol: UDP, port: 53, endPort: 84}", "UDP/80", "UDP/81"),
        of("SCTP/53 to 80", "{protocol: SCTP, port: 53, endPort: 80}"),
        of("SCTP/53 to 84", "{protocol: SCTP, port: 53, endPort: 84}"),
        of("TCP/81 to 81", "{protocol: TCP, port: 81, endPort: 81}", "TCP/81"),
        of("TCP/1 to 65535", "{protocol: TCP, port: 1, endPort: 65535}", "TCP/80", "TCP/81"));

    static final List<PortKind> PATHOLOGICAL = List.of(
        of("a port's name with another protocol than its own", "{protocol: TCP, port: serve-81-udp}"),
        of("a name that no pod gives a port", "{protocol: TCP, port: serve-7981-tcp}"),
        of("a number that no pod serves", "{protocol: TCP, port: 7981}"));

    static final List<PortKind> PAIRS = List.of(
        of("every TCP port or TCP/80", "{}, {protocol: TCP, port: 80}", "TCP/80", "TCP/81"),
        of("every TCP port or serve-80-tcp", "{}, {protocol: TCP, port: serve-80-tcp}", "TCP/80", "TCP/81"),
        of("every TCP port or every UDP port", "{}, {protocol: UDP}", "TCP/80", "TCP/81", "UDP/80", "UDP/81"),
        of("TCP/80 or TCP/81", "{port: 80}, {port: 81}", "TCP/80", "TCP/81"),
        of("TCP/80 or serve-81-tcp", "{port: 80}, {port: serve-81-tcp}", "TCP/80", "TCP/81"),
        of("TCP/80 or serve-81-udp", "{port: 80}, {protocol: UDP, port: serve-81-udp}", "TCP/80", "UDP/81"),
        of("UDP/80 or serve-81-udp", "{protocol: UDP, port: 80}, {protocol: UDP, port: serve-81-udp}", "UDP/80", "UDP/81"),
        of("a range of TCP or UDP/81", "{port: 53, endPort: 80}, {protocol: UDP, port: 81}", "TCP/80", "UDP/81"));
}
