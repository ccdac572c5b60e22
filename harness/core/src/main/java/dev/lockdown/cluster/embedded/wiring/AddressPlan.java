package dev.lockdown.cluster.embedded.wiring;

import dev.lockdown.flow.Family;
import dev.lockdown.state.Cidr;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Function;

/// Who has which address. Pods and Services as k3s numbers them, nodes as kind does, the internet from the blocks for examples
/// (RFC 5737, RFC 3849).
///
/// | | IPv4 | IPv6 |
/// |---|---|---|
/// | pods of node *j* | `10.42.8j.0/21` | `fd42:0:0:j::/64` |
/// | Services | `10.43.0.0/16` | `fd43::/112` |
/// | nodes | `172.18.0.10+j` | `fd18::10+j` |
/// | load balancers | `172.18.255.0/24`, as MetalLB has them on kind | `fd18::1:0/112` |
/// | external hosts | `203.0.113.0/24`, or what they declare | `2001:db8::/112`, or what they declare |
///
/// @param families in order: every list of addresses here has one for each
public record AddressPlan(List<Family> families) {
    static final int NODES = 32;
    /// Numbers that a node has for its pods, from 0 on.
    static final int PODS_PER_NODE = 2044;
    /// Numbers for external hosts that declare no address, from 0 on.
    static final int HOSTS = 250;

    private static final int FIRST_NODE = 10;
    // .0 would be the network's, .1 is the node's bridge where there is one.
    private static final int FIRST_POD = 2;
    private static final int FIRST_HOST = 2;

    public AddressPlan {
        families = List.copyOf(families);
        if (families.isEmpty()) throw new IllegalArgumentException("a cluster needs a family of addresses");
    }

    /// All pods of the cluster.
    public static Cidr pods(Family family) {
        return Cidr.parse(of(family, "10.42.0.0/16", "fd42::/56"));
    }

    /// All ClusterIPs.
    public static Cidr services(Family family) {
        return Cidr.parse(of(family, "10.43.0.0/16", "fd43::/112"));
    }

    public static Cidr nodes(Family family) {
        return Cidr.parse(of(family, "172.18.0.0/24", "fd18::/112"));
    }

    /// The addresses of all load balancers.
    public static Cidr loadBalancers(Family family) {
        return Cidr.parse(of(family, "172.18.255.0/24", "fd18::1:0/112"));
    }

    /// All pods of one node.
    ///
    /// @param node its number, from 0 on
    public Cidr pods(Family family, int node) {
        if (node < 0 || node >= NODES) throw new IllegalArgumentException("the embedded cluster has room for %s nodes".formatted(NODES));
        return Cidr.parse(of(family, "10.42.%s.0/21".formatted(8 * node), "fd42:0:0:%s::/64".formatted(Integer.toHexString(node))));
    }

    List<InetAddress> pod(int node, int number) {
        return each(family -> plus(pods(family, node).network(), FIRST_POD + number));
    }

    List<InetAddress> node(int node) {
        return each(family -> plus(nodes(family).network(), FIRST_NODE + node));
    }

    /// The fabric's own addresses, from which it sends its ICMP.
    List<InetAddress> fabric() {
        return each(family -> plus(nodes(family).network(), 1));
    }

    /// The internet's own addresses, from which it sends its ICMP.
    List<InetAddress> internet() {
        return each(family -> plus(InetAddress.ofLiteral(of(family, "203.0.113.0", "2001:db8::")), 1));
    }

    /// The addresses of an external host that declares none.
    List<InetAddress> host(int number) {
        return each(family -> plus(InetAddress.ofLiteral(of(family, "203.0.113.0", "2001:db8::")), FIRST_HOST + number));
    }

    /// Check an address that an external host declares.
    ///
    /// @throws IllegalArgumentException if it cannot be outside the cluster, or its family is not in use
    void checkOutside(InetAddress address) {
        var family = Family.of(address);
        if (!families.contains(family)) throw refused(address, "this cluster has no " + family);
        if (address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isMulticastAddress())
            throw refused(address, "it is no address of a single machine");
        for (var taken : List.of(pods(family), services(family), nodes(family), loadBalancers(family)))
            if (isIn(taken, address)) throw refused(address, "the cluster itself uses %s".formatted(taken));
    }

    private List<InetAddress> each(Function<Family, InetAddress> address) {
        return families.stream().map(address).toList();
    }

    private static boolean isIn(Cidr block, InetAddress address) {
        return Cidr.parse("%s/%s".formatted(address.getHostAddress(), block.prefixLength())).equals(block);
    }

    private static IllegalArgumentException refused(InetAddress address, String why) {
        return new IllegalArgumentException("an external host cannot have the address %s: %s".formatted(address.getHostAddress(), why));
    }

    private static String of(Family family, String four, String six) {
        return switch (family) {
            case IPV4 -> four;
            case IPV6 -> six;
        };
    }

    private static InetAddress plus(InetAddress network, int number) {
        var bytes = network.getAddress();
        bytes[bytes.length - 1] += (byte) number;
        bytes[bytes.length - 2] += (byte) (number >> 8);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("addresses have 4 or 16 bytes", e);
        }
    }
}
