package dev.lockdown.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.manifest.Manifests;
import dev.lockdown.manifest.Note;
import dev.lockdown.policy.Oracle;
import dev.lockdown.state.Addresses;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Blocks of addresses, where pods have other addresses than in the dump")
class MovedAddressesTest {
    private static final String DUMP = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop}
        spec: {containers: [{name: w, ports: [{containerPort: 80}]}]}
        status: {phase: Running, podIPs: [{ip: 10.9.1.7}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: narrow, namespace: shop}
        spec:
          podSelector: {}
          egress:
          - to:
            - ipBlock: {cidr: 203.0.113.0/24}
            - ipBlock: {cidr: %s}
          policyTypes: [Egress]
        """;

    private static List<Note> notes(String cidr) {
        var manifest = Manifests.read("dump.yaml", DUMP.formatted(cidr), "default");
        var states = DescribedStates.of(manifest, List.of(), List.of());
        var state = states.first().after(states.policies());
        var described = Described.of(states, List.of(manifest), List.of(state));
        var probed =
            new Survey("here", 0, List.of(new Survey.PodLine("shop/web", List.of("10.42.0.3"), "node-1")), List.of(),
                new Oracle(state, Addresses.NONE));
        return MovedAddresses.notes(described, probed);
    }

    @Test
    void are_warned_of_at_their_line_where_a_pod_left_them() {
        assertThat(notes("10.9.0.0/16")).singleElement().hasToString(
            "dump.yaml:15:1: policy shop/narrow egress[0].to[1] speaks of 10.9.0.0/16, and pods have other addresses here than in the manifests: "
                + "shop/web (10.9.1.7 there, 10.42.0.3 here, which is outside it); --expected-only answers for those of the manifests");
    }

    @Test
    void are_warned_of_where_a_pod_came_into_them() {
        assertThat(notes("10.42.0.0/24")).singleElement().asString().contains("which is in it");
    }

    @Test
    void are_nothing_to_warn_of_where_they_say_the_same_of_both() {
        assertThat(notes("10.0.0.0/8")).isEmpty();
        assertThat(notes("192.168.0.0/16")).isEmpty();
    }
}
