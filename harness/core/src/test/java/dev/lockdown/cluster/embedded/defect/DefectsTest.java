package dev.lockdown.cluster.embedded.defect;

import static dev.lockdown.cluster.embedded.netpol.Policies.EGRESS;
import static dev.lockdown.cluster.embedded.netpol.Policies.INGRESS;
import static dev.lockdown.cluster.embedded.netpol.Policies.block;
import static dev.lockdown.cluster.embedded.netpol.Policies.delete;
import static dev.lockdown.cluster.embedded.netpol.Policies.deny;
import static dev.lockdown.cluster.embedded.netpol.Policies.everybody;
import static dev.lockdown.cluster.embedded.netpol.Policies.namespaces;
import static dev.lockdown.cluster.embedded.netpol.Policies.pods;
import static dev.lockdown.cluster.embedded.netpol.Policies.podsIn;
import static dev.lockdown.cluster.embedded.netpol.Policies.policy;
import static dev.lockdown.cluster.embedded.netpol.Policies.port;
import static dev.lockdown.cluster.embedded.netpol.Policies.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import dev.lockdown.cluster.Established;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.embedded.netpol.Denial;
import dev.lockdown.cluster.embedded.netpol.Policies;
import dev.lockdown.cluster.embedded.netpol.FirewallFixture;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Change;
import dev.lockdown.state.Direction;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.Rule;
import dev.lockdown.state.Service;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// One dial for each defect, which a sound data plane decides one way and a defective one the other.
@NamespacesAvailable
@DisplayName("A defect")
class DefectsTest {
    private static final InetAddress CLUSTER_IP = InetAddress.ofLiteral("10.43.0.7");

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"LATE", "OPEN_AT_POD_START", "OWN_ADDRESS_DENIED"})
    void shows_and_does_so_where_it_is_present_alone(Defect defect) {
        try (var sound = cluster(Defects.of(List.of())); var defective = cluster(Defects.of(List.of(defect)))) {
            assertThat(List.of(seen(sound, defect), seen(defective, defect))).containsExactly(right(defect),
                right(defect).equals("open") ? "silent" : "open");
        }
    }

    @Test
    void is_found_by_its_name() {
        assertThat(Defect.named("one-node-enforces-nothing")).isEqualTo(Defect.ONE_NODE_ENFORCES_NOTHING);
    }

    @Test
    void of_an_unknown_name_is_refused_with_a_list_of_those_known() {
        assertThatThrownBy(() -> Defect.named("ignores-everything")).hasMessageStartingWith(
            "there is no defect \"ignores-everything\"; there are: ignores-egress, ignores-ingress, one-node-enforces-nothing, late");
    }

    private static FirewallFixture cluster(Defects defects) {
        return new FirewallFixture(Denial.DROP, Established.SURVIVES, defects, defects::beforeMasquerade).namespace("shop", "")
            .namespace("x", "team=x")
            .with("shop/aa", "node-1", "app=aa", "TCP/7 http=TCP/9999 adm=TCP/79").with("shop/web", "node-1", "app=web", "TCP/80")
            .with("shop/api", "node-2", "app=api", "TCP/7 TCP/79 http=TCP/80 UDP/80").with("shop/db", "node-1", "app=db", "TCP/80")
            .with("x/web", "node-1", "app=web", "");
    }

    private static String right(Defect defect) {
        return switch (defect) {
            case TWO_PEERS_AS_AND, END_PORT_OFF_BY_ONE, IGNORES_END_PORT, NAMED_PORT_BY_ANOTHER_PODS_NUMBER, NOT_IN_AS_IN,
                NOT_IN_MISSES_PODS_WITHOUT_THE_KEY, INGRESS_RULES_ALONE_ISOLATE_EGRESS, EMPTY_PEERS_DENY, ONLY_THE_FIRST_POLICY,
                POLICY_DELETION_UNNOTICED, UDP_REPLIES_DROPPED, OWN_NODE_DENIED, CROSS_NODE_MASQUERADED, LATE, OPEN_AT_POD_START,
                OWN_ADDRESS_DENIED, NAMED_EGRESS_PORT_BY_THE_POLICYS_NAMESPACE -> "open";
            case IGNORES_EGRESS, IGNORES_INGRESS, ONE_NODE_ENFORCES_NOTHING, FORGETS_EXCEPT, POD_AND_NAMESPACE_SELECTOR_AS_OR,
                PORTS_WITH_PEERS_OF_ANOTHER_RULE, NAMED_PORTS_MIX_PODS_THAT_SHARE_A_PORT, RULES_ADMIT_BOTH_WAYS,
                PORT_WITHOUT_PROTOCOL_AS_ANY,
                TCP_RULES_APPLY_TO_UDP, EXISTS_IGNORED,
                EGRESS_RULES_ALONE_LEAVE_INGRESS_OPEN, EMPTY_POD_SELECTOR_SELECTS_NONE, LONG_POLICY_NAMES_COLLIDE, POLICY_UPDATE_UNNOTICED,
                POD_RELABELLING_UNNOTICED, NAMESPACE_RELABELLING_UNNOTICED, REUSED_ADDRESS_KEEPS_RIGHTS, REPLIES_WITHOUT_STATE,
                IPV6_UNFILTERED, SAME_NODE_BYPASSES_POLICY, CLUSTER_IP_BYPASSES_EGRESS -> "silent";
        };
    }

    private static String seen(FirewallFixture cluster, Defect defect) {
        return switch (defect) {
            case IGNORES_EGRESS -> webToApi(cluster.change(deny("shop/deny", EGRESS)));
            case IGNORES_INGRESS, ONE_NODE_ENFORCES_NOTHING, EMPTY_POD_SELECTOR_SELECTS_NONE ->
                webToApi(cluster.change(deny("shop/deny", INGRESS)));
            case FORGETS_EXCEPT -> webToApi(admitting(cluster, rule(block("10.42.0.0/16", literal(cluster, "shop/web") + "/32"))));
            case POD_AND_NAMESPACE_SELECTOR_AS_OR -> webToApi(admitting(cluster, rule(podsIn("app=web", "team=x"))));
            case TWO_PEERS_AS_AND -> webToApi(admitting(cluster, rule(both(pods("app=web"), namespaces("team=x")))));
            case PORTS_WITH_PEERS_OF_ANOTHER_RULE ->
                webToApi(admitting(cluster, rule(pods("app=web"), port("TCP/79")), rule(pods("app=db"), port("TCP/80"))));
            case END_PORT_OFF_BY_ONE, IGNORES_END_PORT -> webToApi(admitting(cluster, rule(pods("app=web"), port("TCP/79-80"))));
            case NAMED_PORT_BY_ANOTHER_PODS_NUMBER -> webToApi(admitting(cluster, rule(pods("app=web"), port("TCP/http"))));
            case NAMED_PORTS_MIX_PODS_THAT_SHARE_A_PORT ->
                admitting(cluster, rule(pods("app=web"), port("TCP/adm"))).results("shop/web", "TCP/79", "shop/api");
            case NAMED_EGRESS_PORT_BY_THE_POLICYS_NAMESPACE ->
                cluster.change(policy("x/out", "app=web", EGRESS, everybody(port("TCP/http")))).results("x/web", "TCP/80", "shop/api");
            case RULES_ADMIT_BOTH_WAYS -> webToApi(cluster.change(egressRulesAlone()));
            case PORT_WITHOUT_PROTOCOL_AS_ANY, TCP_RULES_APPLY_TO_UDP ->
                admitting(cluster, rule(pods("app=web"), port("TCP/80"))).results("shop/web", "UDP/80", "shop/api");
            case NOT_IN_AS_IN -> webToApi(admitting(cluster, rule(pods("app!=db"))));
            case NOT_IN_MISSES_PODS_WITHOUT_THE_KEY -> webToApi(admitting(cluster, rule(pods("tier!=front"))));
            case EXISTS_IGNORED -> webToApi(admitting(cluster, rule(pods("tier"))));
            case EGRESS_RULES_ALONE_LEAVE_INGRESS_OPEN -> webToApi(cluster.change(egressRulesAlone()));
            case INGRESS_RULES_ALONE_ISOLATE_EGRESS -> webToApi(cluster.change(policy("shop/in", "app=web", INGRESS, everybody())));
            case EMPTY_PEERS_DENY -> webToApi(admitting(cluster, everybody()));
            case ONLY_THE_FIRST_POLICY ->
                webToApi(cluster.change(policy("shop/a", "app=api", INGRESS), policy("shop/b", "app=api", INGRESS, everybody())));
            case LONG_POLICY_NAMES_COLLIDE ->
                webToApi(cluster.change(deny("shop/" + "a".repeat(40) + "-1", EGRESS), deny("shop/" + "a".repeat(40) + "-2", INGRESS),
                    free(EGRESS)));
            case POLICY_DELETION_UNNOTICED -> webToApi(cluster.change(deny("shop/deny", INGRESS)).change(delete("shop/deny")));
            case POLICY_UPDATE_UNNOTICED -> webToApi(admitting(admitting(cluster, everybody()), rule(pods("app=db"))));
            case POD_RELABELLING_UNNOTICED -> webToApi(admitting(cluster, rule(pods("app=web"))).change(relabelled("shop/web")));
            case NAMESPACE_RELABELLING_UNNOTICED -> admitting(cluster, rule(namespaces("team=x")))
                .change(new Change.RelabelNamespace("x", Map.of())).results("x/web", "TCP/80", "shop/api");
            case REUSED_ADDRESS_KEEPS_RIGHTS -> heirToApi(admitting(cluster, rule(pods("app=web"))));
            case UDP_REPLIES_DROPPED -> cluster.results("shop/web", "UDP/80", "shop/api");
            case REPLIES_WITHOUT_STATE -> apiToWebFromAServedPort(cluster.change(policy("shop/in", "app=web", INGRESS)));
            case IPV6_UNFILTERED -> cluster.change(deny("shop/deny", INGRESS)).dial("shop/web", "shop/api", "TCP/80", Family.IPV6).result();
            case SAME_NODE_BYPASSES_POLICY -> cluster.change(deny("shop/deny", INGRESS)).results("shop/web", "TCP/80", "shop/db");
            case CLUSTER_IP_BYPASSES_EGRESS -> throughTheService(cluster.change(deny("shop/deny", EGRESS)));
            case OWN_NODE_DENIED -> cluster.change(deny("shop/deny", INGRESS)).results("node-2", "TCP/80", "shop/api");
            case CROSS_NODE_MASQUERADED -> webToApi(admitting(cluster, rule(pods("app=web"))));
            case LATE, OPEN_AT_POD_START, OWN_ADDRESS_DENIED -> throw new IllegalArgumentException("carried out by the cluster: " + defect);
        };
    }

    private static String webToApi(FirewallFixture cluster) {
        return cluster.results("shop/web", "TCP/80", "shop/api");
    }

    private static FirewallFixture admitting(FirewallFixture cluster, Rule... rules) {
        return cluster.change(policy("shop/in", "app=api", INGRESS, rules));
    }

    private static Change free(Set<Direction> types) {
        return policy("shop/free", "", types, everybody());
    }

    private static List<Peer> both(List<Peer> one, List<Peer> other) {
        return Stream.of(one, other).flatMap(List::stream).toList();
    }

    private static Change egressRulesAlone() {
        return new Change.ApplyPolicy(
            new NetworkPolicy(NamespacedName.parse("shop/out"), Policies.selector(""), EnumSet.allOf(Direction.class),
                List.of(), List.of(everybody())));
    }

    private static Change relabelled(String pod) {
        return new Change.RelabelPod(NamespacedName.parse(pod), Map.of());
    }

    private static String literal(FirewallFixture cluster, String pod) {
        return cluster.address(pod, Family.IPV4).getHostAddress();
    }

    private static String heirToApi(FirewallFixture cluster) {
        cluster.stopPod("shop/web");
        return cluster.with("shop/heir", "node-1", "app=heir", "").results("shop/heir", "TCP/80", "shop/api");
    }

    private static String apiToWebFromAServedPort(FirewallFixture cluster) {
        cluster.listeners.close("shop/api");
        var to = new InetSocketAddress(cluster.address("shop/web", Family.IPV4), 80);
        return cluster.listeners.dial(cluster.namespace("shop/api"), to, Protocol.TCP, 80).result();
    }

    private static String throughTheService(FirewallFixture cluster) {
        cluster.clusterIp("shop/api", CLUSTER_IP.getHostAddress());
        var port = new Service.ServicePort("", Port.parse("TCP/80"), new Service.TargetPort.Number(80), 0);
        cluster.change(new Change.ApplyService(
            new Service(NamespacedName.parse("shop/api"), Map.of(), FirewallFixture.labels("app=api"), List.of(port),
                Service.Type.CLUSTER_IP)));
        return cluster.dial("shop/web", CLUSTER_IP, Port.parse("TCP/80")).result();
    }
}
