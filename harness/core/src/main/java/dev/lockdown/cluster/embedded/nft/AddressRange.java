package dev.lockdown.cluster.embedded.nft;

import dev.lockdown.flow.Family;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.NetworkPolicy.Peer.IpBlock;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The addresses from `first` to `last`, both included.
public record AddressRange(Family family, BigInteger first, BigInteger last) {

    /// Give the addresses of a block without its exceptions, as ranges that neither touch nor overlap.
    public static List<AddressRange> of(IpBlock block) {
        var ranges = List.of(of(block.cidr()));
        for (var except : block.except()) {
            var hole = of(except);
            ranges = ranges.stream().flatMap(range -> range.without(hole).stream()).toList();
        }
        return ranges;
    }

    /// A range of one address.
    public static AddressRange of(InetAddress address) {
        var number = number(address);
        return new AddressRange(Family.of(address), number, number);
    }

    /// Give the same addresses of one family as ranges in order that neither touch nor overlap.
    public static List<AddressRange> merged(Stream<AddressRange> ranges) {
        var merged = new ArrayList<AddressRange>();
        ranges.sorted(Comparator.comparing(AddressRange::first)).forEach(range -> {
            var before = merged.isEmpty() ? null : merged.getLast();
            if (before == null || range.first.compareTo(before.last.add(BigInteger.ONE)) > 0) merged.add(range);
            else merged.set(merged.size() - 1, new AddressRange(before.family, before.first, before.last.max(range.last)));
        });
        return merged;
    }

    private static AddressRange of(Cidr cidr) {
        var first = number(cidr.network());
        int hostBits = cidr.network().getAddress().length * 8 - cidr.prefixLength();
        return new AddressRange(Family.of(cidr.network()), first, first.add(BigInteger.ONE.shiftLeft(hostBits)).subtract(BigInteger.ONE));
    }

    private List<AddressRange> without(AddressRange hole) {
        if (family != hole.family || hole.last.compareTo(first) < 0 || hole.first.compareTo(last) > 0) return List.of(this);
        var rest = new ArrayList<AddressRange>(2);
        if (first.compareTo(hole.first) < 0) rest.add(new AddressRange(family, first, hole.first.subtract(BigInteger.ONE)));
        if (last.compareTo(hole.last) > 0) rest.add(new AddressRange(family, hole.last.add(BigInteger.ONE), last));
        return rest;
    }

    public boolean contains(InetAddress address) {
        var number = number(address);
        return family == Family.of(address) && first.compareTo(number) <= 0 && number.compareTo(last) <= 0;
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    private String literal(BigInteger number) {
        var bytes = new byte[family == Family.IPV6 ? 16 : 4];
        for (int i = 0; i < bytes.length; i++) bytes[i] = number.shiftRight(8 * (bytes.length - 1 - i)).byteValue();
        try {
            // InetAddress would turn an IPv4-mapped address into an IPv4 one.
            var address = family == Family.IPV6 ? Inet6Address.getByAddress(null, bytes, -1) : InetAddress.getByAddress(bytes);
            return address.getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The form of nftables, `10.0.0.1-10.0.0.7`.
    @Override
    public String toString() {
        return first.equals(last) ? literal(first) : literal(first) + "-" + literal(last);
    }
}
