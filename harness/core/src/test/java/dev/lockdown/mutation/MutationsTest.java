package dev.lockdown.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.manifest.Manifests;
import dev.lockdown.state.NetworkPolicy;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The mutations of a policy")
class MutationsTest {

    @Test
    void leave_out_and_widen_each_rule_peer_port_and_selector() {
        assertThat(mutations("""
            podSelector: {matchLabels: {app: db}}
            ingress:
            - from:
              - podSelector: {matchLabels: {app: web}}
              - namespaceSelector: {matchExpressions: [{key: team, operator: Exists}]}
              ports: [{port: 5432}, {protocol: UDP, port: 53}]
            """)).containsExactly(
            "left out",
            "podSelector.matchLabels.app left out",
            "ingress[0] left out",
            "ingress[0].from widened to everybody",
            "ingress[0].from[0] left out",
            "ingress[0].from[0].podSelector.matchLabels.app left out",
            "ingress[0].from[1] left out",
            "ingress[0].from[1].namespaceSelector.matchExpressions[0] left out",
            "ingress[0].ports widened to every port",
            "ingress[0].ports[0] left out",
            "ingress[0].ports[0] widened to every port of TCP",
            "ingress[0].ports[1] left out",
            "ingress[0].ports[1] widened to every port of UDP");
    }

    @Test
    void never_leave_out_the_only_peer_or_port_which_would_widen_the_rule() {
        assertThat(mutations("""
            podSelector: {}
            egress:
            - to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]
              ports: [{protocol: TCP}]
            """)).containsExactly("left out", "egress[0] left out", "egress[0].to widened to everybody",
            "egress[0].to[0].ipBlock.except[0] left out", "egress[0].ports widened to every port");
    }

    @Test
    void give_up_one_direction_of_two() {
        assertThat(mutations("podSelector: {}\npolicyTypes: [Ingress, Egress]\n"))
            .containsExactly("left out", "policyTypes without ingress", "policyTypes without egress");
    }

    @Test
    void keep_the_directions_that_followed_from_the_rules() {
        var mutant = Mutations.of(policy("podSelector: {}\negress: [{ports: [{port: 53}]}]\n")).stream()
            .filter(m -> m.part().equals("egress[0]")).findFirst().orElseThrow();
        assertThat(mutant.result()).isNotNull().extracting(NetworkPolicy::types).asString().contains("ingress", "egress");
    }

    private static List<String> mutations(String spec) {
        return Mutations.of(policy(spec)).stream().map(m -> (m.part() + " " + m.change()).strip()).toList();
    }

    private static NetworkPolicy policy(String spec) {
        var yaml = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec:\n" + spec.indent(2);
        return Manifests.read("p.yaml", yaml, "shop").policies().getFirst();
    }
}
