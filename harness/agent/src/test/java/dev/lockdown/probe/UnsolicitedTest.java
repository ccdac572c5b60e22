package dev.lockdown.probe;

import static dev.lockdown.probe.Loopback.HERE;
import static dev.lockdown.probe.Loopback.PATIENT;
import static dev.lockdown.probe.Loopback.agent;
import static dev.lockdown.probe.Loopback.free;
import static dev.lockdown.probe.Loopback.make;
import static dev.lockdown.probe.Loopback.serving;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.Outcome.Connected;
import dev.lockdown.flow.Protocol;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An unasked datagram")
class UnsolicitedTest {
    private final Agent api = agent("shop/api");
    private final Agent web = agent("shop/web");

    @AfterEach
    void close() {
        api.close();
        web.close();
    }

    @Test
    void arrives_from_the_port_that_its_sender_serves() throws IOException {
        assertThat(make(unasked(serving(api, Protocol.UDP).getPort())))
            .isInstanceOfSatisfying(Connected.class, seen -> assertThat(seen.answeredBy()).isEqualTo("shop/web"));
    }

    @Test
    void arrives_from_a_port_that_its_sender_does_not_serve() throws IOException {
        assertThat(make(unasked(free(Protocol.UDP).getPort()))).isInstanceOf(Connected.class);
    }

    private Dial unasked(int port) {
        var from = new Unsolicited.End(api, Sockets.ofThisProcess(), HERE);
        var to = new Unsolicited.End(web, Sockets.ofThisProcess(), HERE);
        return Dial.over(new Unsolicited(from, port, to, SourcePorts.ephemeral()), PATIENT);
    }
}
