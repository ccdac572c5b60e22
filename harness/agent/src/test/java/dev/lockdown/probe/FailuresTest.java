package dev.lockdown.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.Outcome.Icmp;
import dev.lockdown.flow.Outcome.ProbeFailed;
import dev.lockdown.flow.Outcome.Refused;
import dev.lockdown.flow.Outcome.Unreachable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A system call that failed")
class FailuresTest {

    @Test
    void is_a_refusal_when_the_port_is_closed() {
        assertThat(Failures.outcome(new ConnectException("Connection refused"))).isEqualTo(new Refused());
        assertThat(Failures.outcome(new PortUnreachableException())).isEqualTo(new Refused());
    }

    @Test
    void is_a_refusal_when_the_connection_was_reset() {
        assertThat(Failures.outcome(new SocketException("Connection reset"))).isEqualTo(new Refused());
    }

    @Test
    void tells_the_kind_of_unreachable() {
        assertThat(Failures.outcome(new NoRouteToHostException("No route to host"))).isEqualTo(new Unreachable(Icmp.HOST));
        assertThat(Failures.outcome(new ConnectException("Network is unreachable"))).isEqualTo(new Unreachable(Icmp.NO_ROUTE));
        assertThat(Failures.outcome(new SocketException("Permission denied"))).isEqualTo(new Unreachable(Icmp.ADMINISTRATIVELY_PROHIBITED));
    }

    @Test
    void decides_nothing_when_a_rule_of_the_sender_dropped_the_packet() {
        assertThat(Failures.outcome(new IOException("Operation not permitted"))).isNull();
    }

    @Test
    void is_the_probes_own_fault_otherwise() {
        assertThat(Failures.outcome(new SocketException("Too many open files"))).isEqualTo(new ProbeFailed("Too many open files"));
        assertThat(Failures.outcome(new UnsupportedOperationException("IPv6 not available")))
            .isEqualTo(new ProbeFailed("IPv6 not available"));
        assertThat(Failures.outcome(new IllegalArgumentException())).isEqualTo(new ProbeFailed("IllegalArgumentException"));
    }
}
