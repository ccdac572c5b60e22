package dev.lockdown.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The parts of a policy are found")
class PolicyPlacesTest {
    private static final String POLICY = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: p}
        spec:
          podSelector:
            matchLabels:
              app: db
          ingress:
          - from:
            - podSelector: {matchLabels: {app: web}}
            - namespaceSelector: {}
            ports:
            - port: 80
        """;

    @Test
    void by_their_lines() {
        var places = places(POLICY);
        assertThat(places.of("podSelector.matchLabels.app")).hasToString("p.yaml:7:1");
        assertThat(places.of("ingress[0].from[1]")).hasToString("p.yaml:11:1");
        assertThat(places.of("ingress[0].ports[0]")).hasToString("p.yaml:13:1");
    }

    @Test
    void behind_other_documents_and_comments() {
        assertThat(places("# nothing\n---\n# a policy\n" + POLICY).of("ingress[0].ports")).hasToString("p.yaml:15:1");
    }

    @Test
    void inside_a_list() {
        var list = "apiVersion: v1\nkind: List\nitems:\n- " + POLICY.indent(2).strip() + "\n";
        assertThat(places(list).of("ingress[0].from[0]")).hasToString("p.yaml:13:1");
    }

    @Test
    void by_the_next_bigger_part_where_they_are_not_written() {
        assertThat(places(POLICY).of("ingress[0].from[0].podSelector.matchLabels.app[7]")).hasToString("p.yaml:10:1");
    }

    @Test
    void as_the_policy_itself_where_nothing_is_written() {
        assertThat(places(POLICY).of("policyTypes")).hasToString("p.yaml:1:1");
    }

    private static PolicyPlaces places(String yaml) {
        var written = Manifests.read("p.yaml", yaml, "shop").resources().getFirst();
        return PolicyPlaces.of((Resource.OfPolicy) written);
    }
}
