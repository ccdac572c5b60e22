package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.Lookup;
import dev.lockdown.cluster.embedded.api.ApiAnswers;
import dev.lockdown.cluster.embedded.api.ApiServer;
import dev.lockdown.cluster.embedded.api.ClusterTls;
import dev.lockdown.cluster.embedded.controlplane.ServiceAccountTokens;
import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import dev.lockdown.cluster.embedded.dial.ApiDial;
import dev.lockdown.cluster.embedded.dns.ClusterDns;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Probe.Transport;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/// Makes the first DNS answer and the first TLS handshake of a process while the cluster is still being built: they take a
/// quarter of a second of loading, on a core that is idle then.
public final class WarmUp {
    private static final NamespacedName NOBODY = new NamespacedName("default", "nobody");
    private static final Snapshot NOWHERE = new Snapshot(ClusterState.ofNodes(List.of()).after(
        List.of(new Change.ApplyNamespace(new Namespace("default", Map.of())),
            new Change.StartPod(new Pod(NOBODY, Map.of(), List.of(), "", false)))),
        Addresses.NONE);

    private WarmUp() {}

    /// Begin, on a thread of its own.
    ///
    /// @param addresses where API servers will be reached, as literals
    /// @return the TLS for all clusters of this process, with a session to resume
    public static Future<ClusterTls> begin(List<String> addresses) {
        var task = new FutureTask<>(() -> {
            var tls = ClusterTls.make(ClusterTls.NAMES, addresses);
            dial(tls);
            resolve();
            return tls;
        });
        Thread.ofPlatform().daemon().name("warm-up").start(task);
        return task;
    }

    private static void dial(ClusterTls tls) {
        var tokens = new ServiceAccountTokens();
        try (var listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                var server = new ApiServer(listener, "nowhere", tls, new ApiAnswers(tokens, () -> NOWHERE))) {
            server.start();
            new ApiDial(tls, () -> 0).dial(SocketChannel.open(listener.getLocalAddress()), tokens.of(NOBODY), Duration.ofSeconds(1));
        } catch (IOException e) {
            // Without a loopback the first dial is a slow one, and that is all.
        }
    }

    private static void resolve() {
        var server = new ClusterDns(NOWHERE).server("nowhere");
        Lookup.Exchange exchange =
            (query, tcp) -> new Lookup.Result.Answer(Objects.requireNonNull(server.answer(query, tcp)), Duration.ZERO);
        Lookup.inNamespace("default", exchange).resolve("nobody", Transport.EITHER, Family.IPV4);
    }
}
