package dev.lockdown.cluster.embedded.proxy;

import dev.lockdown.flow.Family;
import dev.lockdown.state.Cidr;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The address blocks of a cluster. Between them addresses are kept; what pods send elsewhere leaves under their node's address.
public record Networks(List<Cidr> pods, List<Cidr> nodes) {
    public Networks {
        pods = List.copyOf(pods);
        nodes = List.copyOf(nodes);
    }

    List<String> masquerade() {
        return Stream.of(Family.values()).filter(family -> pods.stream().anyMatch(c -> Family.of(c.network()) == family))
            .map(family -> {
                var ip = family == Family.IPV6 ? "ip6" : "ip";
                return "%s saddr %s %s daddr != %s masquerade".formatted(ip, set(pods, family), ip,
                    set(Stream.of(pods, nodes).flatMap(Collection::stream).toList(), family));
            }).toList();
    }

    private static String set(List<Cidr> cidrs, Family family) {
        return cidrs.stream().filter(c -> Family.of(c.network()) == family).map(Cidr::toString).distinct()
            .collect(Collectors.joining(", ", "{ ", " }"));
    }
}
