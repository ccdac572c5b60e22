package dev.lockdown.manifest;

import static dev.lockdown.manifest.Texts.read;
import static dev.lockdown.manifest.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.Protocol;
import dev.lockdown.manifest.Resource.OfService;
import dev.lockdown.state.Service.GivenEndpoint;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Endpoints given by hand")
class EndpointsReadingTest {
    private static final String SERVICE =
        "{apiVersion: v1, kind: Service, metadata: {name: db}, spec: {ports: [{name: pg, port: 5432}]}}\n---\n";
    private static final String SLICE = "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: db-a, labels: "
        + "{kubernetes.io/service-name: db}}, addressType: IPv4, ports: [{name: pg, port: 15432}, {name: dns, port: 53, protocol: UDP}], "
        + "endpoints: [{addresses: [203.0.113.40]}, {addresses: [203.0.113.41], conditions: {ready: false}}]}\n";

    @Test
    void of_a_slice_answer_for_its_Service() {
        assertThat(endpoints(SERVICE + SLICE)).containsExactly(new GivenEndpoint("pg", Protocol.TCP, "203.0.113.40", 15432),
            new GivenEndpoint("dns", Protocol.UDP, "203.0.113.40", 53));
    }

    @Test
    void of_the_older_kind_answer_for_the_Service_of_their_name() {
        assertThat(endpoints("{apiVersion: v1, kind: Endpoints, metadata: {name: db}, subsets: [{addresses: [{ip: \"2001:db8::7\"}], "
            + "notReadyAddresses: [{ip: 203.0.113.9}], ports: [{name: pg, port: 5432}]}]}\n---\n" + SERVICE)).containsExactly(
                new GivenEndpoint("pg", Protocol.TCP, "2001:db8:0:0:0:0:0:7", 5432));
    }

    @Test
    void count_for_nothing_where_the_Service_selects_pods_or_is_another() {
        assertThat(endpoints(SERVICE.replace("spec: {", "spec: {selector: {app: db}, ") + SLICE)).isEmpty();
        assertThat(endpoints(SERVICE + SLICE.replace("service-name: db", "service-name: dc"))).isEmpty();
        assertThat(endpoints(SERVICE + SLICE.replace("name: db-a", "name: db-a, namespace: bank"))).isEmpty();
    }

    @Test
    void are_remarked_on_where_nothing_is_sent_to_them() {
        assertThat(read(SLICE.replace("kubernetes.io/service-name", "app")).notes()).extracting(Note::text)
            .containsExactly("EndpointSlice shop/db-a has no label kubernetes.io/service-name, so no Service sends anything there");
        assertThat(read(SERVICE + SLICE.replace("IPv4", "FQDN").replace("203.0.113.40", "db.example")).notes()).extracting(Note::text)
            .containsExactly("EndpointSlice shop/db-a has names for addresses; nothing is sent there");
    }

    @Test
    void have_an_address_each() {
        assertThat(refusal(SLICE.replace("203.0.113.40", "db.example")))
            .contains("is \"db.example\"\n  expected an address such as 203.0.113.7");
        assertThat(refusal(SLICE.replace("203.0.113.40", "\"1.2.3\""))).contains("is \"1.2.3\"\n");
    }

    @Test
    void have_no_fields_but_their_own() {
        assertThat(refusal(SLICE.replace("endpoints:", "endpoint:"))).contains("did you mean \"endpoints\"?");
        assertThat(refusal("{apiVersion: v1, kind: Endpoints, metadata: {name: db}, subset: []}")).contains("did you mean \"subsets\"?");
    }

    private static List<GivenEndpoint> endpoints(String text) {
        return read(text).resources().stream().map(r -> ((OfService) r).service()).toList().getFirst().endpoints();
    }
}
