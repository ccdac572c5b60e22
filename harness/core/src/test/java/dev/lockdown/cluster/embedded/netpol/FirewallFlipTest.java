package dev.lockdown.cluster.embedded.netpol;

import static dev.lockdown.cluster.embedded.netpol.Policies.INGRESS;
import static dev.lockdown.cluster.embedded.netpol.Policies.delete;
import static dev.lockdown.cluster.embedded.netpol.Policies.pods;
import static dev.lockdown.cluster.embedded.netpol.Policies.podsIn;
import static dev.lockdown.cluster.embedded.netpol.Policies.policy;
import static dev.lockdown.cluster.embedded.netpol.Policies.port;
import static dev.lockdown.cluster.embedded.netpol.Policies.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Floods a pod with datagrams while its policies change to and fro. `shop/good` is allowed by all of them and `shop/bad` by
/// none. Their connections are not tracked, so that every single datagram is judged.
@NamespacesAvailable
@DisplayName("A change of policies")
class FirewallFlipTest {
    private static final int FLIPS = 200;
    private static final int ENOUGH = 10 * FLIPS;
    private static final byte[] BYTE = {1};

    enum Flip {
        PORTS_OF_A_RULE(i -> List
            .of(policy("shop/in", "app=api", INGRESS, rule(pods("who=good"), port(i % 2 == 0 ? "UDP/53" : "UDP/50-60"))))), PEERS_OF_A_RULE(
                i -> List.of(policy("shop/in", "app=api", INGRESS,
                    rule(i % 2 == 0 ? pods("who=good") : podsIn("who!=bad", ""), port(i % 4 < 2 ? "UDP/53" : "UDP/*"))))), ANOTHER_POLICY(
                        i -> List.of(i % 2 == 0 ? policy("shop/other", "", INGRESS, rule(pods("who=nobody")))
                            : delete("shop/other"))), POLICY_REPLACED(
                                i -> List.of(policy("shop/new-" + i % 2, "app=api", INGRESS, rule(pods("who=good"))),
                                    i == 0 ? delete("shop/in") : delete("shop/new-" + (i + 1) % 2))), PEER_RELABELLED(
                                        i -> List.of(new Change.RelabelPod(NamespacedName.parse("shop/extra"),
                                            FirewallFixture.labels(i % 2 == 0 ? "who=good" : "who=bad")))), SUBJECT_RELABELLED(i -> List.of(
                                                new Change.RelabelPod(NamespacedName.parse("shop/api"),
                                                    FirewallFixture.labels("app=api i=" + i % 2)),
                                                policy("shop/more", "i=1", INGRESS, rule(pods("who=good")))));

        final IntFunction<List<Change>> changes;

        Flip(IntFunction<List<Change>> changes) {
            this.changes = changes;
        }
    }

    @ParameterizedTest
    @EnumSource
    void neither_loses_what_is_always_allowed_nor_lets_through_what_is_always_denied(Flip flip) throws IOException {
        try (var cluster =
            new FirewallFixture().namespace("shop", "").with("shop/api", "node-1", "app=api", "")
                .with("shop/good", "node-1", "who=good", "")
                .with("shop/bad", "node-1", "who=bad", "").with("shop/extra", "node-1", "who=extra", "");
                var server = socket(cluster, "shop/api").bind(new InetSocketAddress(53));
                var good = socket(cluster, "shop/good").connect(new InetSocketAddress(cluster.address("shop/api", Family.IPV4), 53));
                var bad = socket(cluster, "shop/bad").connect(new InetSocketAddress(cluster.address("shop/api", Family.IPV4), 53))) {
            cluster.run("node-1", "table ip untracked { chain c { type filter hook prerouting priority -300; notrack; }\n}\n");
            cluster.change(policy("shop/in", "app=api", INGRESS, rule(pods("who=good"), port("UDP/53"))));
            var stop = new AtomicBoolean();
            var sent = new AtomicInteger();
            var flood = CompletableFuture.supplyAsync(() -> new Flood(good, bad, server, sent).until(stop));

            for (int i = 0; i < FLIPS || (sent.get() <= ENOUGH && !flood.isDone()); i++)
                cluster.change(flip.changes.apply(i).toArray(Change[]::new));

            stop.set(true);
            assertThat(flood.join()).matches(counts -> counts.sent > ENOUGH, "enough were sent")
                .matches(counts -> counts.lost == 0 && counts.leaked == 0, "none lost, none leaked");
        }
    }

    private static DatagramChannel socket(FirewallFixture cluster, String pod) throws IOException {
        var socket = cluster.thread.in(cluster.namespace(pod), () -> DatagramChannel.open(StandardProtocolFamily.INET));
        socket.configureBlocking(false);
        return socket;
    }

    /// @param sent datagrams that are always allowed; as many are always denied
    record Counts(int sent, int lost, int leaked) {}

    private record Flood(DatagramChannel good, DatagramChannel bad, DatagramChannel server, AtomicInteger sent) {
        private static final int ROW = 500;

        Counts until(AtomicBoolean stop) {
            int lost = 0;
            int leaked = 0;
            try {
                while (!stop.get()) {
                    for (int i = 0; i < ROW; i++) if (!arrives(good)) lost++;
                    for (int i = 0; i < ROW; i++) if (arrives(bad)) leaked++;
                    sent.addAndGet(ROW);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Counts(sent.get(), lost, leaked);
        }

        /// A datagram has arrived when its sending returns, or never will.
        private boolean arrives(DatagramChannel from) throws IOException {
            from.write(ByteBuffer.wrap(BYTE));
            return server.receive(ByteBuffer.allocate(1)) != null;
        }
    }
}
