package dev.lockdown.policy;

import dev.lockdown.flow.Family;
import dev.lockdown.state.NetworkPolicy.Peer.IpBlock;
import java.util.BitSet;
import java.util.List;

/// Everything that a pod's policies admit in one direction on one port, folded together.
///
/// @param everybody whether some rule admits the port without naming peers
/// @param named the pods that some rule admits by selector (or, for a named port, by having it)
/// @param blocks the ipBlocks that admit the port
/// @param v4 the pods whose IPv4 address is, or may be, in one of the blocks
/// @param v6 the same of IPv6
record CompiledRule(boolean isolated, boolean everybody, BitSet named, List<IpBlock> blocks, BitSet v4, BitSet v6) {
    private static final BitSet NOBODY = new BitSet(0);
    static final CompiledRule ABSENT = new CompiledRule(false, true, NOBODY, List.of(), NOBODY, NOBODY);
    static final CompiledRule WIDE_OPEN = new CompiledRule(true, true, NOBODY, List.of(), NOBODY, NOBODY);

    Ruling of(FlowEnd peer, Family family) {
        if (!isolated) return Settled.NOT_ISOLATED;
        if (everybody) return Settled.ADMITTED;
        return switch (peer) {
            case FlowEnd.Member m when m.pod().hostNetwork() -> ofHostNetwork(m, family);
            case FlowEnd.Member m -> ofPod(m.index(), family);
            case FlowEnd.Machine m -> ofAddress(m.addresses(), family);
        };
    }

    private Ruling ofPod(int index, Family family) {
        if (named.get(index)) return Settled.ADMITTED;
        return (family == Family.IPV4 ? v4 : v6).get(index) ? OpenQuestion.POD_BY_IP_BLOCK : Settled.REFUSED;
    }

    private Ruling ofHostNetwork(FlowEnd.Member member, Family family) {
        var byAddress = ofAddress(member.addresses(), family);
        if (byAddress != Settled.ADMITTED && named.get(member.index())) return OpenQuestion.HOST_NETWORK_PEER;
        // Not by a block alone, so by one beside a name that its port has.
        boolean byName = byAddress == Settled.REFUSED && (family == Family.IPV4 ? v4 : v6).get(member.index());
        return byName ? OpenQuestion.HOST_NETWORK_PEER : byAddress;
    }

    private Ruling ofAddress(EndAddresses addresses, Family family) {
        Ruling ruling = Settled.REFUSED;
        for (var block : blocks) {
            switch (addresses.in(block, family)) {
                case INSIDE -> {
                    return Settled.ADMITTED;
                }
                case UNKNOWN -> ruling = OpenQuestion.ADDRESS_UNKNOWN;
                case OUTSIDE -> {}
            }
        }
        return ruling;
    }
}
