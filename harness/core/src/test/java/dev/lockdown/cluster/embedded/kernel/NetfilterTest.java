package dev.lockdown.cluster.embedded.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.embedded.kernel.Nflog.Packet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NamespacesAvailable
@DisplayName("Netfilter")
class NetfilterTest {
    private static final int UDP = 17;
    private static final String DENY = """
        table inet t {
          chain in {
            type filter hook input priority 0; ct state established accept
            log prefix "ingress of right" group 5 snaplen 64
            drop
          }
        }
        """;

    private final Pair pair = Pair.connected();
    private final Nftables right = pair.thread().in(pair.right(), Nftables::open);

    @AfterEach
    void close() {
        right.close();
        pair.close();
    }

    @ParameterizedTest
    @CsvSource({"INET, 10.0.0.1, 10.0.0.2", "INET6, fd00::1, fd00::2"})
    void names_the_rule_and_the_packet_that_it_dropped(StandardProtocolFamily family, String from, String to) throws IOException {
        right.run(DENY);
        var source = InetAddress.ofLiteral(from);
        var destination = InetAddress.ofLiteral(to);
        try (var log = pair.thread().in(pair.right(), () -> Nflog.open(5));
                var client = pair.thread().in(pair.left(), () -> DatagramChannel.open(family))) {
            client.bind(new InetSocketAddress(source, 5000));

            client.send(ByteBuffer.allocate(1), new InetSocketAddress(destination, 53));

            assertThat(drained(log)).contains(new Packet("ingress of right", UDP, source, 5000, destination, 53));
        }
    }

    @Test
    void counts_the_times_that_its_log_overran() throws IOException {
        right.run(DENY);
        try (var log = pair.thread().in(pair.right(), () -> Nflog.open(5));
                var client = pair.thread().in(pair.left(), () -> DatagramChannel.open(StandardProtocolFamily.INET))) {
            for (int i = 0; i < 50_000; i++) client.send(ByteBuffer.allocate(1), new InetSocketAddress(Pair.RIGHT, 53));

            log.drain(_ -> {});

            assertThat(log.overruns()).isPositive();
        }
    }

    @Test
    void says_which_line_of_a_script_is_wrong() {
        assertThatThrownBy(() -> right.run("table inet t {\n  chain c {\n    tcp dport nonsense accept\n  }\n}\n"))
            .isInstanceOf(NftablesException.class).hasMessageContaining("line:3:15-22: Error:").hasMessageContaining("tcp dport nonsense");
    }

    @Test
    void makes_nothing_of_a_script_that_it_refuses() {
        assertThatThrownBy(() -> right.run("add table inet t\nadd rule inet missing c accept\n")).isInstanceOf(NftablesException.class);

        assertThat(right.run("list tables")).isEmpty();
    }

    @Test
    void takes_a_script_of_a_megabyte() {
        var elements = new StringBuilder("table inet t { set s { type ipv4_addr; elements = {\n");
        for (int i = 0; i < 70_000; i++) elements.append("10.%d.%d.%d,\n".formatted(i >> 16, i >> 8 & 255, i & 255));

        assertThat(right.run(elements.append("}\n}\n}\n").toString())).isEmpty();
    }

    @Test
    void says_how_to_install_its_library() {
        assertThatThrownBy(() -> NftablesLibrary.load("libnosuch.so.1")).isInstanceOf(EnvironmentException.class)
            .hasMessageContaining("libnosuch.so.1 is not installed").hasMessageContaining("apt-get install libnftables1");
    }

    @Test
    void takes_and_gives_back_elements_without_a_script() {
        right.run("table inet t { set s { type ipv4_addr . inet_proto . inet_service; elements = { 10.0.0.1 . 6 . 80 }; }\n}\n");
        try (var batch = pair.thread().in(pair.right(), NftablesBatch::open)) {
            batch.begin().delete("t", "s", key(1)).add("t", "s", key(2)).add("t", "s", key(2)).commit();

            assertThat(right.run("list set inet t s")).contains("elements = { 10.0.0.2 . tcp . 80 }");
        }
    }

    @Test
    void takes_elements_of_several_sets_in_turn() {
        right.run(
            "table inet t { set s { type ipv4_addr . inet_proto . inet_service; }\nset r { type ipv4_addr . inet_proto . inet_service; }\n}\n");
        try (var batch = pair.thread().in(pair.right(), NftablesBatch::open)) {
            batch.begin().add("t", "s", key(1)).add("t", "s", key(2)).add("t", "r", key(3)).add("t", "s", key(4)).commit();

            assertThat(right.run("list set inet t s")).contains("10.0.0.1 .", "10.0.0.2 .", "10.0.0.4 .").doesNotContain("10.0.0.3");
            assertThat(right.run("list set inet t r")).contains("elements = { 10.0.0.3 . tcp . 80 }");
        }
    }

    @Test
    void makes_nothing_of_a_batch_that_it_refuses_in_part() {
        right.run("table inet t { set s { type ipv4_addr . inet_proto . inet_service; }\n}\n");
        try (var batch = pair.thread().in(pair.right(), NftablesBatch::open)) {
            assertThatThrownBy(() -> batch.begin().add("t", "s", key(1)).delete("t", "s", key(2)).commit())
                .isInstanceOf(KernelException.class).hasMessageContaining("delete elements of t s: ENOENT");

            assertThat(right.run("list set inet t s")).doesNotContain("elements");
            batch.begin().add("t", "s", key(1)).commit();
            assertThat(right.run("list set inet t s")).contains("10.0.0.1");
        }
    }

    /// `10.0.0.N . 6 . 80`
    private static byte[] key(int last) {
        return new byte[] {10, 0, 0, (byte) last, 6, 0, 0, 0, 0, 80, 0, 0};
    }

    @Test
    void forgets_one_connection() throws IOException {
        right.run(DENY.replace("drop", "accept"));
        try (var table = pair.thread().in(pair.right(), Conntrack::open);
                var client = pair.thread().in(pair.left(), () -> DatagramChannel.open(StandardProtocolFamily.INET))) {
            var from = new InetSocketAddress(Pair.LEFT, 5000);
            var to = new InetSocketAddress(Pair.RIGHT, 53);
            client.bind(from).send(ByteBuffer.allocate(1), to);

            assertThat(List.of(table.delete(UDP, from, to), table.delete(UDP, from, to))).containsExactly(true, false);
        }
    }

    @Test
    void forgets_all_connections() throws IOException {
        right.run(DENY.replace("drop", "accept"));
        try (var table = pair.thread().in(pair.right(), Conntrack::open);
                var client = pair.thread().in(pair.left(), () -> DatagramChannel.open(StandardProtocolFamily.INET))) {
            var from = new InetSocketAddress(Pair.LEFT, 5000);
            var to = new InetSocketAddress(Pair.RIGHT, 53);
            client.bind(from).send(ByteBuffer.allocate(1), to);

            table.flush();

            assertThat(table.delete(UDP, from, to)).isFalse();
        }
    }

    private static List<Packet> drained(Nflog log) {
        var packets = new ArrayList<Packet>();
        log.drain(packets::add);
        return packets;
    }
}
