package dev.lockdown.cluster.embedded.netpol;

import static dev.lockdown.cluster.embedded.netpol.Policies.EGRESS;
import static dev.lockdown.cluster.embedded.netpol.Policies.INGRESS;
import static dev.lockdown.cluster.embedded.netpol.Policies.deny;
import static dev.lockdown.cluster.embedded.netpol.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.Established;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Protocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NamespacesAvailable
@DisplayName("The firewall's memory of connections")
class FirewallConnectionsTest {

    @ParameterizedTest
    @CsvSource({"TCP/80", "UDP/80"})
    void lets_replies_back_without_a_rule_for_them(String port) {
        try (var cluster = cluster(Denial.DROP, Established.SURVIVES)) {
            cluster.change(policy("shop/client-in", "app=client", INGRESS), policy("shop/server-out", "app=server", EGRESS));

            assertThat(cluster.results("shop/client", port, "shop/server")).isEqualTo("open");
        }
    }

    @ParameterizedTest
    @CsvSource({"TCP", "UDP"})
    void denies_the_reverse_even_from_the_allowed_port(Protocol protocol) {
        try (var cluster = cluster(Denial.DROP, Established.SURVIVES)) {
            cluster.change(policy("shop/client-in", "app=client", INGRESS));
            cluster.listeners.close("shop/server");

            var to = new InetSocketAddress(cluster.address("shop/client", Family.IPV4), 80);
            assertThat(cluster.listeners.dial(cluster.namespace("shop/server"), to, protocol, 80).result()).isEqualTo("silent");
        }
    }

    @Test
    void denies_an_unasked_datagram() throws IOException {
        try (var cluster = cluster(Denial.DROP, Established.SURVIVES);
                var client = cluster.thread.in(cluster.namespace("shop/client"), () -> DatagramChannel.open(StandardProtocolFamily.INET));
                var server = cluster.thread.in(cluster.namespace("shop/server"), () -> DatagramChannel.open(StandardProtocolFamily.INET))) {
            client.bind(new InetSocketAddress(5000)).configureBlocking(false);
            cluster.change(policy("shop/client-in", "app=client", INGRESS));

            server.send(ByteBuffer.allocate(1), new InetSocketAddress(cluster.address("shop/client", Family.IPV4), 5000));

            assertThat(client.receive(ByteBuffer.allocate(8))).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"DROP, SURVIVES, arrives arrives", "DROP, SILENT, lost arrives", "REJECT, SILENT, lost reset",
        "REJECT, SURVIVES, arrives arrives"})
    void decides_the_fate_of_an_established_connection(Denial denial, Established established, String expected) throws IOException {
        try (var cluster = cluster(denial, established); var pair = Pair.connect(cluster)) {
            cluster.change(deny("shop/deny-all", INGRESS));

            assertThat(send(pair.client, pair.server) + " " + send(pair.server, pair.client)).isEqualTo(expected);
        }
    }

    @Test
    void denies_new_connections_whatever_the_fate_of_old_ones() throws IOException {
        try (var cluster = cluster(Denial.DROP, Established.SILENT); var _ = Pair.connect(cluster)) {
            cluster.change(deny("shop/deny-all", INGRESS));

            assertThat(cluster.results("shop/client", "TCP/80", "shop/server")).isEqualTo("silent");
        }
    }

    @Test
    void lets_replies_back_where_old_connections_die() {
        try (var cluster = cluster(Denial.DROP, Established.SILENT)) {
            cluster.change(policy("shop/client-in", "app=client", INGRESS), policy("shop/server-out", "app=server", EGRESS));

            assertThat(
                cluster.results("shop/client", "TCP/80", "shop/server") + ", " + cluster.results("shop/server", "TCP/80", "shop/client"))
                .isEqualTo("open, silent");
        }
    }

    private static FirewallFixture cluster(Denial denial, Established established) {
        return new FirewallFixture(denial, established).namespace("shop", "")
            .with("shop/client", "node-1", "app=client", "TCP/80 UDP/80").with("shop/server", "node-2", "app=server", "TCP/80 UDP/80");
    }

    private static String send(SocketChannel from, SocketChannel to) throws IOException {
        try {
            from.write(ByteBuffer.wrap(new byte[] {1}));
            return to.read(ByteBuffer.allocate(8)) > 0 ? "arrives" : "lost";
        } catch (IOException e) {
            return "reset";
        }
    }

    private record Pair(SocketChannel client, SocketChannel server, ServerSocketChannel listener) implements AutoCloseable {
        static Pair connect(FirewallFixture cluster) throws IOException {
            var listener = cluster.thread.in(cluster.namespace("shop/server"), () -> ServerSocketChannel.open(StandardProtocolFamily.INET));
            listener.bind(new InetSocketAddress(90));
            var client = cluster.thread.in(cluster.namespace("shop/client"), () -> SocketChannel.open(StandardProtocolFamily.INET));
            client.connect(new InetSocketAddress(cluster.address("shop/server", Family.IPV4), 90));
            var server = listener.accept();
            for (var channel : new SocketChannel[] {client, server}) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            return new Pair(client, server, listener);
        }

        @Override
        public void close() throws IOException {
            client.close();
            server.close();
            listener.close();
        }
    }
}
