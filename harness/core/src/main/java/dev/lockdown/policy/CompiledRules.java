package dev.lockdown.policy;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Direction;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy.Rule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The rules as bit sets of pods, made for a pod, a direction and a port when first asked.
final class CompiledRules implements Rules {
    private final PodIndex podIndex;
    // A compiled rule is immutable behind final fields, so a slot may be filled by a race.
    private final Map<Port, @Nullable CompiledRule[]> byPort = new ConcurrentHashMap<>();
    private final Map<Shared, CompiledRule> shared = new ConcurrentHashMap<>();
    private final Map<PolicyRules, List<Admitted>> compiled = new ConcurrentHashMap<>();
    private final Map<NamesIn, BitSet> named = new ConcurrentHashMap<>();
    private final Map<NamedPort, BitSet> declaring = new ConcurrentHashMap<>();
    private final Map<Peer.IpBlock, Block> blocks = new ConcurrentHashMap<>();

    CompiledRules(PodIndex podIndex) {
        this.podIndex = podIndex;
    }

    @Override
    public Ruling of(FlowEnd.Member subject, Direction direction, FlowEnd peer, Port port, Family family) {
        var compiledRules = byPort.computeIfAbsent(port, _ -> new CompiledRule[podIndex.members().size() * 2]);
        int slot = subject.index() * 2 + direction.ordinal();
        var compiledRule = compiledRules[slot];
        if (compiledRule == null) {
            compiledRule = compiledRule(subject, direction, port);
            compiledRules[slot] = compiledRule;
        }
        return compiledRule.of(peer, family);
    }

    private CompiledRule compiledRule(FlowEnd.Member subject, Direction direction, Port port) {
        var isolation = podIndex.isolation(subject, direction);
        if (isolation.isNone()) return CompiledRule.ABSENT;
        // Only ingress asks for the subject's own port names.
        var declared = direction == Direction.INGRESS ? subject.pod().ports() : List.<ContainerPort>of();
        return shared.computeIfAbsent(new Shared(isolation, port, declared), _ -> fold(isolation.policies(), subject, direction, port));
    }

    private CompiledRule fold(List<NetworkPolicy> policies, FlowEnd.Member subject, Direction direction, Port port) {
        var pods = new BitSet(podIndex.members().size());
        var inBlocks = new LinkedHashSet<Block>();
        var v4 = new BitSet();
        var v6 = new BitSet();
        for (var policy : policies) {
            for (var rule : rules(policy, direction)) {
                if (RulePorts.byNumber(rule.rule, port)
                    || direction == Direction.INGRESS && RulePorts.byName(rule.rule, port, subject.pod())) {
                    if (rule.rule.peers().isEmpty()) return CompiledRule.WIDE_OPEN;
                    pods.or(rule.named);
                    inBlocks.addAll(rule.blocks);
                } else if (direction == Direction.EGRESS) {
                    var declaring = declaring(rule, port);
                    for (var block : rule.blocks) {
                        v4.or(both(declaring, block.v4));
                        v6.or(both(declaring, block.v6));
                    }
                    pods.or(rule.rule.peers().isEmpty() ? declaring : both(declaring, rule.named));
                }
            }
        }
        return compiledRule(pods, inBlocks, v4, v6);
    }

    private static BitSet both(BitSet one, BitSet other) {
        var both = (BitSet) one.clone();
        both.and(other);
        return both;
    }

    /// The pods that give the port a name of the rule's.
    private BitSet declaring(Admitted rule, Port port) {
        var pods = new BitSet();
        for (var wanted : rule.rule.ports())
            if (wanted instanceof PolicyPort.Named n && n.protocol() == port.protocol()) pods.or(declaring(new NamedPort(n, port)));
        return pods;
    }

    private BitSet declaring(NamedPort port) {
        return declaring.computeIfAbsent(port, wanted -> {
            var pods = new BitSet();
            podIndex.members().stream().filter(m -> RulePorts.resolves(wanted.name, wanted.port, m.pod()))
                .forEach(m -> pods.set(m.index()));
            return pods;
        });
    }

    /// @param v4 the pods that only a block beside a port's name means; gets those of the blocks too
    private static CompiledRule compiledRule(BitSet pods, Set<Block> blocks, BitSet v4, BitSet v6) {
        var specs = new ArrayList<Peer.IpBlock>(blocks.size());
        for (var block : blocks) {
            v4.or(block.v4);
            v6.or(block.v6);
            specs.add(block.spec);
        }
        return new CompiledRule(true, false, pods, List.copyOf(specs), v4, v6);
    }

    private List<Admitted> rules(NetworkPolicy policy, Direction direction) {
        return compiled.computeIfAbsent(new PolicyRules(policy.name(), direction),
            _ -> policy.rules(direction).stream().map(r -> admitted(policy.name().namespace(), r)).toList());
    }

    private Admitted admitted(String namespace, Rule rule) {
        var pods = new BitSet();
        var inBlocks = new ArrayList<Block>();
        for (var peer : rule.peers()) {
            switch (peer) {
                case Peer.Pods p -> pods.or(named(new NamesIn(p.namespaceSelector() == null ? namespace : "", p)));
                case Peer.IpBlock b -> inBlocks.add(blocks.computeIfAbsent(b, this::block));
            }
        }
        return new Admitted(rule, pods, inBlocks);
    }

    private BitSet named(NamesIn names) {
        return named.computeIfAbsent(names, n -> {
            var pods = new BitSet();
            podIndex.forEachNamed(n.peer, n.namespace, m -> pods.set(m.index()));
            return pods;
        });
    }

    private Block block(Peer.IpBlock spec) {
        var block = new Block(spec, new BitSet(), new BitSet());
        for (var member : podIndex.members()) {
            block.v4.set(member.index(), member.addresses().in(spec, Family.IPV4) != EndAddresses.Fit.OUTSIDE);
            block.v6.set(member.index(), member.addresses().in(spec, Family.IPV6) != EndAddresses.Fit.OUTSIDE);
        }
        return block;
    }

    /// Whatever decides a compiled rule; the isolation is of one direction.
    private record Shared(Isolation isolation, Port port, List<ContainerPort> declared) {}

    private record PolicyRules(NamespacedName policy, Direction direction) {}

    private record NamesIn(String namespace, Peer.Pods peer) {}

    private record NamedPort(PolicyPort.Named name, Port port) {}

    private record Admitted(Rule rule, BitSet named, List<Block> blocks) {}

    /// One for each distinct ipBlock; told apart by identity, which is cheap.
    private static final class Block {
        private final Peer.IpBlock spec;
        private final BitSet v4;
        private final BitSet v6;

        Block(Peer.IpBlock spec, BitSet v4, BitSet v6) {
            this.spec = spec;
            this.v4 = v4;
            this.v6 = v6;
        }
    }
}
