package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.Change;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.LabelSelector.Operator;
import dev.lockdown.state.LabelSelector.Requirement;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy.Rule;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Short words for policies in tests. Selectors are written `app=web`, `app!=web`, `app`, `!app`; empty selects everything.
public final class Policies {
    public static final Set<Direction> INGRESS = EnumSet.of(Direction.INGRESS);
    public static final Set<Direction> EGRESS = EnumSet.of(Direction.EGRESS);

    private Policies() {}

    public static Change deny(String name, Set<Direction> types) {
        return policy(name, "", types);
    }

    /// @param rules of the first of the types
    public static Change policy(String name, String podSelector, Set<Direction> types, Rule... rules) {
        boolean ingress = types.contains(Direction.INGRESS);
        return new Change.ApplyPolicy(new NetworkPolicy(NamespacedName.parse(name), selector(podSelector), types,
            ingress ? List.of(rules) : List.of(), ingress ? List.of() : List.of(rules)));
    }

    public static Change delete(String name) {
        return new Change.DeletePolicy(NamespacedName.parse(name));
    }

    public static Rule rule(List<Peer> peers, PolicyPort... ports) {
        return new Rule(peers, List.of(ports));
    }

    public static Rule everybody(PolicyPort... ports) {
        return rule(List.of(), ports);
    }

    public static List<Peer> pods(String selector) {
        return List.of(new Peer.Pods(selector(selector), null));
    }

    public static List<Peer> namespaces(String selector) {
        return List.of(new Peer.Pods(null, selector(selector)));
    }

    public static List<Peer> podsIn(String podSelector, String namespaceSelector) {
        return List.of(new Peer.Pods(selector(podSelector), selector(namespaceSelector)));
    }

    public static List<Peer> block(String cidr, String... except) {
        return List.of(new Peer.IpBlock(Cidr.parse(cidr), Stream.of(except).map(Cidr::parse).toList()));
    }

    static List<Peer> blocks(String... cidrs) {
        return Stream.of(cidrs).<Peer>map(cidr -> new Peer.IpBlock(Cidr.parse(cidr), List.of())).toList();
    }

    /// `TCP/80`, `TCP/80-90`, `TCP/*` or `TCP/http`.
    public static PolicyPort port(String text) {
        int slash = text.indexOf('/');
        var protocol = Port.parse(text.substring(0, slash) + "/1").protocol();
        var what = text.substring(slash + 1);
        if (what.equals("*")) return new PolicyPort.Any(protocol);
        if (!Character.isDigit(what.charAt(0))) return new PolicyPort.Named(protocol, what);
        var ends = what.split("-");
        return new PolicyPort.Range(protocol, Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
    }

    public static LabelSelector selector(String text) {
        if (text.isEmpty()) return LabelSelector.EVERYTHING;
        int not = text.indexOf("!=");
        if (not > 0) return expression(text.substring(0, not), Operator.NOT_IN, List.of(text.substring(not + 2)));
        if (text.startsWith("!")) return expression(text.substring(1), Operator.DOES_NOT_EXIST, List.of());
        int equals = text.indexOf('=');
        if (equals < 0) return expression(text, Operator.EXISTS, List.of());
        return LabelSelector.labels(Map.of(text.substring(0, equals), text.substring(equals + 1)));
    }

    private static LabelSelector expression(String key, Operator operator, List<String> values) {
        return new LabelSelector(Map.of(), List.of(new Requirement(key, operator, values)));
    }
}
