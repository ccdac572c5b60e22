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
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.probe.Sockets;
import dev.lockdown.state.Addresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The API server on its node, in every family.
final class ApiNode implements Part, AutoCloseable {
    private static final int BACKLOG = 4096;

    private final NodeLink node;
    private final ClusterTls tls;
    private final ServiceAccountTokens tokens;
    private final List<ApiServer> servers = new ArrayList<>();
    private volatile Snapshot snapshot = Snapshot.EMPTY;

    private ApiNode(NodeLink node, ClusterTls tls, ServiceAccountTokens tokens) {
        this.node = node;
        this.tls = tls;
        this.tokens = tokens;
    }

    static ApiNode start(NamespaceThread thread, NodeLink node, ClusterTls tls, ServiceAccountTokens tokens) {
        var api = new ApiNode(node, tls, tokens);
        var answers = new ApiAnswers(tokens, () -> api.snapshot);
        for (var address : node.addresses()) {
            try {
                var listener = thread.in(node.namespace(), () -> {
                    var opened = Sockets.ofThisProcess().listener(Family.of(address));
                    opened.bind(new InetSocketAddress(address, SystemObjects.API_PORT), BACKLOG);
                    return opened;
                });
                var server = new ApiServer(listener, node.name(), tls, answers);
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

    @Override
    public void follow(Snapshot now) {
        snapshot = now;
    }

    ApiCalls calls(Duration deadline) {
        return new ApiCalls(new ApiDial(tls, System::nanoTime), this::token, deadline);
    }

    /// Pods have their own; whoever else dials is an administrator.
    private String token(NetworkEndpoint caller) {
        var name = caller.agent().identity();
        return name.contains(":") ? tokens.administrator() : tokens.of(NamespacedName.parse(name));
    }

    @Override
    public void close() {
        servers.forEach(ApiServer::close);
    }
}
