package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.embedded.api.ClusterTls;
import dev.lockdown.cluster.embedded.defect.Defect;
import dev.lockdown.cluster.embedded.dial.NetworkEndpoint;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.NetworkNamespace;
import dev.lockdown.cluster.embedded.netpol.Denial;
import dev.lockdown.disruption.ClusterDisruption;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.probe.AgentLoop;
import dev.lockdown.probe.Sockets;
import dev.lockdown.probe.socket.StreamSockets;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// An embedded cluster in whose pods somebody else's processes run: the network, the enforcement, DNS and the API's Service, without
/// the servers and dials of its own. Thread-safe.
public final class Underlay implements AutoCloseable {
    private final ClusterTls tls = ClusterTls.make(ClusterTls.NAMES, List.of("10.43.0.1", "fd43::1", "172.18.0.10", "fd18::10"));
    private final EmbeddedCluster cluster;
    private final List<AgentLoop> loops = new ArrayList<>();
    private final NamespaceThread opener = NamespaceThread.start("stub-sockets");
    // Whoever waits for a socket may be a virtual thread. The namespace thread must not wake it: it might start a carrier there.
    private final ExecutorService between = Executors.newFixedThreadPool(2, Thread.ofPlatform().daemon().name("between-", 0).factory());

    private volatile StreamSockets sctp = StreamSockets.SCTP;

    private Underlay(Needs needs, Collection<String> defects) {
        cluster = EmbeddedCluster.start(new Assembly.Plan(needs, 1,
            defects.stream().map(Defect::named).collect(Collectors.toSet()), Denial.DROP, tls, InstantSource.system()));
        for (var pod : cluster.state().pods().keySet()) drive(new Endpoint.Pod(pod));
    }

    public static Underlay start(int nodes, List<Family> families, Collection<String> defects) {
        return new Underlay(new Needs(nodes, families), defects);
    }

    public static Underlay start(Needs needs) {
        return new Underlay(needs, List.of());
    }

    /// Nobody observes this cluster, and that is what drives its servers elsewhere.
    private void drive(Endpoint endpoint) {
        try {
            loops.add(AgentLoop.start(networkEndpoint(endpoint).agent()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized ClusterState state() {
        return cluster.state();
    }

    public synchronized List<InetAddress> addresses(Endpoint endpoint) {
        return cluster.addresses().of(endpoint);
    }

    /// Enforce nothing for a while.
    public synchronized Hole hole(Duration lasting) {
        return cluster.hole(lasting);
    }

    /// Disturb it; whoever does must heal it again.
    public synchronized Disruption.Ongoing begin(ClusterDisruption disruption) {
        return cluster.begin(disruption);
    }

    public synchronized List<Addresses.ApiServer> apiServers() {
        return cluster.addresses().apiServers();
    }

    /// Make changes; of pods, the network alone.
    public synchronized void apply(Change... changes) {
        cluster.apply(List.of(changes));
        for (var change : changes)
            switch (change) {
            case Change.StartPod(var pod) -> cluster.faults().killAgent(new Endpoint.Pod(pod.name()));
            case Change.AddHost(var host) -> drive(new Endpoint.Host(host.name()));
            default -> {}
            }
    }

    public synchronized NetworkNamespace namespace(NamespacedName pod) {
        return networkEndpoint(new Endpoint.Pod(pod)).namespace();
    }

    private NetworkEndpoint networkEndpoint(Endpoint endpoint) {
        return Objects.requireNonNull(cluster.endpoints().get(endpoint));
    }

    public String token(NamespacedName pod) {
        return cluster.token(pod);
    }

    public X509Certificate certificate() {
        return tls.certificate();
    }

    /// Opens sockets in a pod, from any thread.
    public Sockets sockets(NamespacedName pod) {
        return sockets(new Endpoint.Pod(pod));
    }

    /// Opens sockets in a pod or on a host outside, from any thread.
    public Sockets sockets(Endpoint endpoint) {
        NetworkNamespace namespace;
        synchronized (this) {
            namespace = networkEndpoint(endpoint).namespace();
        }
        var here = Sockets.ofThisProcess();
        return new Sockets() {
            @Override
            public SocketChannel tcp(Family family) throws IOException {
                return there(namespace, () -> here.tcp(family));
            }

            @Override
            public ServerSocketChannel listener(Family family) throws IOException {
                return there(namespace, () -> here.listener(family));
            }

            @Override
            public SocketChannel sctp(Family family) throws IOException {
                return there(namespace, () -> sctp.channel(family));
            }

            @Override
            public ServerSocketChannel sctpListener(Family family) throws IOException {
                return there(namespace, () -> sctp.listener(family));
            }

            @Override
            public DatagramChannel udp(Family family) throws IOException {
                return there(namespace, () -> here.udp(family));
            }
        };
    }

    /// From now on SCTP goes in the pods by another protocol's number: by TCP's where the kernel has no SCTP, or by none that a kernel knows.
    public void carrySctpBy(int protocol) {
        sctp = new StreamSockets("SCTP", protocol);
    }

    private <T> T there(NetworkNamespace namespace, Callable<T> open) throws IOException {
        try {
            return between.submit(() -> opener.<T, Exception>in(namespace, open::call)).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public synchronized void close() {
        loops.forEach(AgentLoop::close);
        between.shutdown();
        opener.close();
        cluster.close();
    }
}
