package dev.lockdown.manifest;

import static dev.lockdown.manifest.Texts.policy;
import static dev.lockdown.manifest.Texts.policyWith;
import static dev.lockdown.manifest.Texts.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.LabelSelector.Operator;
import dev.lockdown.state.LabelSelector.Requirement;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Of a NetworkPolicy")
class PolicyReadingTest {

    @Test
    void the_namespace_is_the_callers_where_it_names_none() {
        assertThat(policy("podSelector: {}").name()).isEqualTo(new NamespacedName("shop", "x"));
    }

    @Test
    void the_namespace_is_its_own_where_it_names_one() {
        assertThat(read(policyWith("podSelector: {}").replace("name: x", "name: x, namespace: bank")).policies().getFirst().name())
            .isEqualTo(new NamespacedName("bank", "x"));
    }

    @Test
    void an_empty_selector_selects_everything() {
        assertThat(policy("podSelector: {}").podSelector()).isEqualTo(LabelSelector.EVERYTHING);
    }

    @Test
    void a_missing_selector_selects_everything_and_is_remarked_on() {
        var manifest = read(policyWith("policyTypes: [Ingress]"));
        assertThat(manifest.policies().getFirst().podSelector()).isEqualTo(LabelSelector.EVERYTHING);
        assertThat(manifest.notes()).extracting(Note::toString).containsExactly(
            "a.yaml:5:3: NetworkPolicy shop/x has no podSelector: it selects every pod of its namespace");
    }

    @Test
    void labels_and_expressions_are_kept() {
        assertThat(policy("""
            podSelector:
              matchLabels: {app: web, "tier": "1", example.com/x: ""}
              matchExpressions:
              - {key: a, operator: In, values: [b, c]}
              - {key: d, operator: NotIn, values: [e]}
              - {key: f, operator: Exists}
              - {key: g, operator: DoesNotExist, values: []}
            """).podSelector()).isEqualTo(new LabelSelector(Map.of("app", "web", "tier", "1", "example.com/x", ""),
            List.of(new Requirement("a", Operator.IN, List.of("b", "c")), new Requirement("d", Operator.NOT_IN, List.of("e")),
                new Requirement("f", Operator.EXISTS, List.of()), new Requirement("g", Operator.DOES_NOT_EXIST, List.of()))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"podSelector: {}", "policyTypes: []", "policyTypes:", "egress: [{}]"})
    void types_that_it_does_not_give_stay_open(String spec) {
        assertThat(policy(spec).types()).isEmpty();
    }

    @Test
    void types_that_it_gives_are_kept() {
        assertThat(policy("policyTypes: [Egress, Ingress]").types()).containsExactlyInAnyOrder(Direction.INGRESS, Direction.EGRESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"podSelector: {}", "ingress:", "ingress: null", "ingress: []"})
    void rules_that_are_absent_null_or_an_empty_list_are_none(String spec) {
        assertThat(policy(spec).ingress()).isEmpty();
    }

    @Test
    void an_empty_rule_has_neither_peers_nor_ports() {
        assertThat(policy("ingress: [{}]").ingress()).singleElement().satisfies(r -> assertThat(r.peers()).isEmpty())
            .satisfies(r -> assertThat(r.ports()).isEmpty());
    }

    @Test
    void selectors_in_one_entry_are_one_peer() {
        assertThat(policy("egress: [{to: [{podSelector: {}, namespaceSelector: {}}]}]").egress().getFirst().peers())
            .containsExactly(new Peer.Pods(LabelSelector.EVERYTHING, LabelSelector.EVERYTHING));
    }

    @Test
    void selectors_in_two_entries_are_two_peers() {
        assertThat(policy("egress: [{to: [{podSelector: {}}, {namespaceSelector: {}}]}]").egress().getFirst().peers())
            .containsExactly(new Peer.Pods(LabelSelector.EVERYTHING, null), new Peer.Pods(null, LabelSelector.EVERYTHING));
    }

    @Test
    void an_empty_selector_beside_another_counts_as_absent_and_is_remarked_on() {
        var manifest = read(policyWith("podSelector: {}\ningress: [{from: [{podSelector: {}, namespaceSelector: }]}]"));
        assertThat(manifest.policies().getFirst().ingress().getFirst().peers())
            .containsExactly(new Peer.Pods(LabelSelector.EVERYTHING, null));
        assertThat(manifest.notes()).extracting(Note::toString).containsExactly(
            "a.yaml:6:39: NetworkPolicy.spec.ingress[0].from[0].namespaceSelector is empty and counts as absent; {} would select all");
    }

    @Test
    void blocks_keep_their_exceptions() {
        assertThat(
            policy("egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16, 10.2.0.0/16]}}]}]").egress().getFirst().peers())
            .containsExactly(new Peer.IpBlock(Cidr.parse("10.0.0.0/8"), List.of(Cidr.parse("10.1.0.0/16"), Cidr.parse("10.2.0.0/16"))));
    }

    @Test
    void ports_are_numbers_ranges_names_or_all_and_TCP_unless_said_otherwise() {
        assertThat(policy("""
            ingress:
            - ports:
              - port: 80
              - {port: 0x50, endPort: 90, protocol: UDP}
              - port: http
              - protocol: SCTP
              - {}
            """).ingress().getFirst().ports()).containsExactly(new PolicyPort.Range(Protocol.TCP, 80, 80),
            new PolicyPort.Range(Protocol.UDP, 80, 90), new PolicyPort.Named(Protocol.TCP, "http"), new PolicyPort.Any(Protocol.SCTP),
            new PolicyPort.Any(Protocol.TCP));
    }

    @Test
    void rules_without_effect_are_remarked_on() {
        assertThat(read(policyWith("podSelector: {}\npolicyTypes: [Ingress]\negress: [{}]")).notes()).extracting(Note::toString)
            .containsExactly(
                "a.yaml:7:3: the egress rules of NetworkPolicy shop/x have no effect: policyTypes does not name Egress");
    }
}
