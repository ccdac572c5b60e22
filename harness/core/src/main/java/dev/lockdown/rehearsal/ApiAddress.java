package dev.lockdown.rehearsal;

import dev.lockdown.flow.Protocol;
import dev.lockdown.need.Need;
import dev.lockdown.need.Party;
import dev.lockdown.policy.Blocks;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.Direction;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy.Rule;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the Kubernetes API is: at one address in the application's own cluster, of which its policies speak, and at another on the stage.
///
/// @param real the application's own; one for documentation (RFC 5737) where nobody said it
/// @param isKnown whether somebody said it
record ApiAddress(Addresses.ApiServer real, boolean isKnown) {
    private static final Addresses.ApiServer MADE_UP = new Addresses.ApiServer(InetAddress.ofLiteral("192.0.2.1"), 6443);
    private static final List<Integer> USUAL_PORTS = List.of(443, 6443);

    static ApiAddress of(Addresses.@Nullable ApiServer given) {
        return given == null ? new ApiAddress(MADE_UP, false) : new ApiAddress(given, true);
    }

    /// Let policies that allow the real address allow those on the stage as well.
    List<Change> onStage(List<Change> policies, List<Addresses.ApiServer> there) {
        return policies.stream().map(c -> c instanceof Change.ApplyPolicy(var policy) ? new Change.ApplyPolicy(onStage(policy, there)) : c)
            .toList();
    }

    private NetworkPolicy onStage(NetworkPolicy policy, List<Addresses.ApiServer> there) {
        var egress = new ArrayList<>(policy.egress());
        for (var rule : policy.egress())
            if (rule.peers().stream().anyMatch(p -> p instanceof Peer.IpBlock block && Blocks.contains(block, real.address()))
                && covers(rule, real.port()))
                for (var server : there)
                    egress.add(new Rule(List.of(new Peer.IpBlock(whole(server.address()), List.of())),
                        List.of(new PolicyPort.Range(Protocol.TCP, server.port(), server.port()))));
        return new NetworkPolicy(policy.name(), policy.podSelector(), policy.types(), policy.ingress(),
            List.copyOf(new LinkedHashSet<>(egress)));
    }

    private static Cidr whole(InetAddress address) {
        return Cidr.parse(address.getHostAddress() + "/" + address.getAddress().length * 8);
    }

    private static boolean covers(Rule rule, int number) {
        return rule.ports().isEmpty() || rule.ports().stream().anyMatch(p -> switch (p) {
            case PolicyPort.Any _ -> true;
            case PolicyPort.Range(_, var first, var last) -> first <= number && number <= last;
            case PolicyPort.Named _ -> false;
        });
    }

    /// Whether policies of the need's namespace let through to blocks of addresses on a port of the API, and nobody said whether it is in
    /// one of them.
    boolean mayBeMeant(Need need, List<Change> policies) {
        if (isKnown || !(need.to() instanceof Party.Api) || !(need.from() instanceof Party.Workload from)) return false;
        return policies.stream()
            .anyMatch(c -> c instanceof Change.ApplyPolicy(var policy) && policy.name().namespace().equals(from.name().namespace())
                && policy.rules(Direction.EGRESS).stream().anyMatch(r -> r.peers().stream().anyMatch(Peer.IpBlock.class::isInstance)
                    && USUAL_PORTS.stream().anyMatch(p -> covers(r, p))));
    }
}
