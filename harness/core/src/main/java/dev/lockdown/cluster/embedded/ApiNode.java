package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.embedded.api.ApiAnswers;
import dev.lockdown.cluster.embedded.api.ApiServer;
import dev.lockdown.cluster.embedded.api.ClusterTls;
import dev.lockdown.cluster.embedded.controlplane.ServiceAccountTokens;
import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import dev.lockdown.cluster.embedded.controlplane.SystemObjects;
import dev.lockdown.cluster.embedded.dial.ApiCalls;
import dev.lockdown.cluster.embedded.dial.ApiDial;
import dev.lockdown.cluster.embedded.dial.NetworkEndpoint;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.wiring.NodeLink;
import dev.lockdown.flow.Family;
import dev.lockdown.probe.Sockets;
import dev.lockdown.state.Addresses;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// The API server on its node, in every family.
final class ApiNode implements AutoCloseable {
    private static final int BACKLOG = 4096;

    private final NodeLink node;
    private final ClusterTls tls;
    private final List<ApiServer> servers = new ArrayList<>();

    private ApiNode(NodeLink node, ClusterTls tls) {
        this.node = node;
        this.tls = tls;
    }

    static ApiNode start(NamespaceThread thread, NodeLink node, ClusterTls tls, ServiceAccountTokens tokens, Supplier<Snapshot> snapshots) {
        var api = new ApiNode(node, tls);
        var answers = new ApiAnswers(tokens, snapshots);
        for (var address : node.addresses()) {
            try {
                var listener = thread.in(node.namespace(), () -> {
                    var opened = Sockets.ofThisProcess().listener(address instanceof Inet6Address ? Family.IPV6 : Family.IPV4);
                    opened.bind(new InetSocketAddress(address, SystemObjects.API_PORT), BACKLOG);
                    return opened;
                });
                var server = new ApiServer(listener, node.name(), api.tls, answers);
                server.start();
                api.servers.add(server);
            } catch (IOException e) {
                throw new ClusterException("the API server cannot listen on %s: %s".formatted(node, e.getMessage()), e);
            }
        }
        return api;
    }

    List<Addresses.ApiServer> endpoints() {
        return node.addresses().stream().map(a -> new Addresses.ApiServer(a, SystemObjects.API_PORT)).toList();
    }

    ApiCalls calls(Function<NetworkEndpoint, String> tokens, Duration deadline) {
        return new ApiCalls(new ApiDial(tls, System::nanoTime), tokens, deadline);
    }

    @Override
    public void close() {
        servers.forEach(ApiServer::close);
    }
}
