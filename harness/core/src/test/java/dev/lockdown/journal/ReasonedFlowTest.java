package dev.lockdown.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The flow of which reasons speak")
class ReasonedFlowTest {
    @ParameterizedTest
    @CsvSource({"EITHER, UDP/53", "UDP, UDP/53", "TCP, TCP/53"})
    void of_a_name_is_its_way_to_the_dns(Probe.Transport transport, String port) {
        var probe = new Probe.Resolve(Endpoint.parse("shop/web"), "api.shop", transport, Family.IPV4);
        assertThat(ReasonedFlow.of(probe))
            .isEqualTo(Flow.of(Endpoint.parse("shop/web"), Endpoint.parse("service:kube-system/kube-dns"), Port.parse(port)));
    }
}
