package dev.lockdown.cluster.embedded.kernel;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@NamespacesAvailable
@DisplayName("Rtnetlink")
class RtnetlinkTest {
    private final Pair pair = Pair.connected();
    private final Rtnetlink left = pair.thread().in(pair.left(), Rtnetlink::open);

    @AfterEach
    void close() {
        left.close();
        pair.close();
    }

    @Test
    void names_the_request_that_was_refused() {
        assertThatThrownBy(() -> left.up(99).commit()).isInstanceOf(KernelException.class)
            .hasMessageStartingWith("RTM_NEWLINK up 99: ENODEV (no such device)");
    }

    @Test
    void gives_the_kernels_own_words() {
        assertThatThrownBy(() -> left.address(Pair.CABLE, Pair.LEFT, 33).commit())
            .hasMessage("RTM_NEWADDR 10.0.0.1/33 dev 2: EINVAL (invalid argument): ipv4: Invalid prefix length");
    }

    @Test
    void makes_the_other_requests_when_one_is_refused() {
        var extra = InetAddress.ofLiteral("10.0.0.3");

        assertThatThrownBy(() -> left.up(99).address(Pair.CABLE, extra, 32).commit()).isInstanceOf(KernelException.class);

        assertThatCode(() -> bind(extra)).doesNotThrowAnyException();
    }

    @Test
    void starts_afresh_after_a_refusal() {
        assertThatThrownBy(() -> left.up(99).commit()).isInstanceOf(KernelException.class);

        assertThatCode(() -> left.up(Pair.CABLE).commit()).doesNotThrowAnyException();
    }

    @Test
    void takes_more_requests_than_fit_into_one_message() {
        for (int i = 0; i < 1000; i++) left.address(Pair.CABLE, InetAddress.ofLiteral("10.1.%d.%d".formatted(i / 250, i % 250)), 32);
        left.commit();

        assertThatCode(() -> bind(InetAddress.ofLiteral("10.1.3.249"))).doesNotThrowAnyException();
    }

    @Test
    void swallows_what_is_sent_into_a_blackhole() {
        left.blackhole(InetAddress.ofLiteral("192.0.2.0"), 24).commit();

        // Without the route it would be "Network is unreachable".
        assertThatThrownBy(() -> connect(InetAddress.ofLiteral("192.0.2.1"))).isInstanceOf(IOException.class)
            .hasMessage("Invalid argument");
    }

    @Test
    void loses_a_cable_when_the_namespace_at_its_far_end_is_gone() {
        pair.right().close();

        await().untilAsserted(() -> assertThatThrownBy(() -> left.up(Pair.CABLE).commit()).hasMessageContaining("ENODEV"));
    }

    private void bind(InetAddress address) throws IOException {
        try (var socket = pair.thread().in(pair.left(), () -> DatagramChannel.open(StandardProtocolFamily.INET))) {
            socket.bind(new InetSocketAddress(address, 53));
        }
    }

    private void connect(InetAddress address) throws IOException {
        try (var socket = pair.thread().in(pair.left(), () -> DatagramChannel.open(StandardProtocolFamily.INET))) {
            socket.connect(new InetSocketAddress(address, 53));
        }
    }
}
