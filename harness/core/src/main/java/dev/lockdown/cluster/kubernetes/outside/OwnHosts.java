package dev.lockdown.cluster.kubernetes.outside;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.kubernetes.agent.AgentCalls;
import dev.lockdown.cluster.kubernetes.agent.AgentLink;
import dev.lockdown.cluster.kubernetes.agent.AgentPod;
import dev.lockdown.cluster.kubernetes.agent.ThreadStreams;
import dev.lockdown.cluster.kubernetes.agent.Threads;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.pod.AgentRequest.DialRequest;
import dev.lockdown.pod.AgentRequest.ExchangeSpec;
import dev.lockdown.state.ExternalHost;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The external hosts that this machine stands for: for each an agent beside the harness, on its real ports, until the run ends.
///
/// Used by one thread at a time.
public final class OwnHosts implements AutoCloseable {
    /// The kernel's own ephemeral ports end below these.
    private static final String WATCH_PORTS = "61000-65400";
    private static final Dialling CHECK = new Dialling(Duration.ofSeconds(2), 0);
    private static final Duration STARTING = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final OwnMachine machine;
    private final Map<String, External> externals;
    private final List<Family> families;
    private final Collection<InetAddress> cluster;
    private final String run;
    private final Threads threads;
    private final AgentCalls calls;
    private final Map<String, Served> served = new HashMap<>();

    /// @param externals by the names that features use
    /// @param families of the cluster's pods
    /// @param cluster addresses of its nodes and API servers
    public OwnHosts(OwnMachine machine, Map<String, External> externals, List<Family> families, Collection<InetAddress> cluster, String run,
            Threads threads,
            InstantSource clock) {
        this.machine = machine;
        this.externals = Map.copyOf(externals);
        this.families = List.copyOf(families);
        this.cluster = List.copyOf(cluster);
        this.run = run;
        this.threads = threads;
        calls = new AgentCalls(clock, Duration.ofSeconds(10));
    }

    private record Served(ExternalHost host, List<InetAddress> addresses, AgentLink link) {}

    /// Whether this machine stands for a host.
    public boolean isOurs(String host) {
        return externals.get(host) instanceof External.Self;
    }

    /// The agent of a host, or null where it is not served.
    public @Nullable AgentLink link(String host) {
        var there = served.get(host);
        return there == null ? null : there.link;
    }

    /// One of each family that the nodes reach; none where the host is not served.
    public List<InetAddress> addresses(String host) {
        var there = served.get(host);
        return there == null ? List.of() : there.addresses;
    }

    /// Serve a host's ports on an address that every node reaches. What another scenario had under the same name ends.
    ///
    /// @param nodes the nodes' agents, by the nodes' names
    /// @throws UnsupportedException if the feature says that it is elsewhere
    /// @throws EnvironmentException if its ports are taken here, or no address of this machine is reached by every node, saying which
    public void serve(ExternalHost host, Map<String, AgentPod> nodes) {
        var before = served.get(host.name());
        if (before != null && before.host.equals(host)) return;
        stop(host.name());
        var failures = new LinkedHashMap<String, String>();
        var chosen = new ArrayList<InetAddress>();
        for (var family : families) choose(host, family, nodes, failures).ifPresent(chosen::add);
        if (chosen.isEmpty()) throw refused(host, failures);
        External.refusal(host, chosen).ifPresent(why -> {
            throw new UnsupportedException(why);
        });
        served.put(host.name(), new Served(host, chosen, started(host, chosen)));
    }

    /// @param failures gets what stands against each address that is not chosen
    private Optional<InetAddress> choose(ExternalHost host, Family family, Map<String, AgentPod> nodes, Map<String, String> failures) {
        for (var candidate : candidates(host, family)) {
            var failure = failure(host, candidate, nodes);
            if (failure.isEmpty()) return Optional.of(candidate);
            failures.put(candidate.getHostAddress(), failure);
        }
        return Optional.empty();
    }

    private List<InetAddress> candidates(ExternalHost host, Family family) {
        if (!(externals.get(host.name()) instanceof External.Self(var address)) || address == null)
            return machine.addresses(family, cluster);
        var given = InetAddress.ofLiteral(address);
        return Family.of(given) == family ? List.of(given) : List.of();
    }

    /// End what earlier scenarios had under other names: it may have the ports that this one needs.
    ///
    /// @param hosts of the scenario that begins
    public void keepOnly(Set<String> hosts) {
        for (var host : List.copyOf(served.keySet())) if (!hosts.contains(host)) stop(host);
    }

    /// @return what stands against an address, or nothing
    private String failure(ExternalHost host, InetAddress address, Map<String, AgentPod> nodes) {
        // The kernel would share connections out among listeners of one process.
        for (var other : served.values())
            for (var port : other.host.ports())
                if (other.addresses.contains(address) && host.ports().contains(port))
                    return "%s serves %s there".formatted(port, other.host.name());
        var link = begun(host, List.of(address));
        try {
            var problems = problems(host, link);
            if (!problems.isEmpty()) return problems;
            var failures = new TreeMap<String, String>();
            nodes.forEach((node, agent) -> reached(host, address, agent.link()).ifPresent(why -> failures.put(node, why)));
            return failures.entrySet().stream().map(f -> "%s does not reach it (%s)".formatted(f.getKey(), f.getValue()))
                .collect(Collectors.joining(", "));
        } finally {
            threads.release(link);
        }
    }

    private Optional<String> reached(ExternalHost host, InetAddress address, AgentLink node) {
        var port = host.ports().getFirst();
        var seen = calls.dial(node, new DialRequest(new ExchangeSpec.Echo(List.of(identity(host))), port.protocol(),
            address.getHostAddress(), port.number(), 0), CHECK);
        return switch (seen.outcome()) {
            case Outcome.Connected _ -> Optional.empty();
            case Outcome.TimedOut _ -> Optional.of("no answer");
            case Outcome.Refused _ -> Optional.of("refused");
            case Outcome.Misdirected(var by) -> Optional.of("%s answers".formatted(by));
            case Outcome.Unreachable(var icmp) -> Optional.of("unreachable: " + icmp);
            case Outcome.ProbeFailed(var cause) -> Optional.of(cause);
            case Outcome.Resolved _, Outcome.Unresolved _ -> throw new IllegalStateException("a dial resolves nothing");
        };
    }

    private AgentLink started(ExternalHost host, List<InetAddress> addresses) {
        var link = begun(host, addresses);
        var problems = problems(host, link);
        if (problems.isEmpty()) return link;
        threads.release(link);
        throw refused(host, Map.of(texts(addresses), problems));
    }

    private AgentLink begun(ExternalHost host, List<InetAddress> addresses) {
        var environment = Map.of("LOCKDOWN_IDENTITY", identity(host), "LOCKDOWN_ADDRESSES", texts(addresses), "LOCKDOWN_SERVES",
            host.ports().stream().map(Port::toString).collect(Collectors.joining(",")), "LOCKDOWN_WATCH_PORTS", WATCH_PORTS);
        var link = threads.lookAfter(new AgentLink(new ThreadStreams(environment, machine.sockets()), run, SILENCE, threads.executor()));
        link.beat();
        return link;
    }

    /// @return which ports it cannot serve, and why; empty where it serves them all
    private String problems(ExternalHost host, AgentLink link) {
        try {
            return link.welcomed().get(STARTING.toMillis(), TimeUnit.MILLISECONDS).served().problems().entrySet().stream()
                .map(p -> "%s cannot be served there (%s)".formatted(p.getKey(), p.getValue())).sorted().collect(Collectors.joining(", "));
        } catch (ExecutionException | TimeoutException e) {
            threads.release(link);
            throw new ClusterException("the agent of %s on this machine did not begin: %s".formatted(host.name(), e), e);
        } catch (InterruptedException e) {
            threads.release(link);
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted", e);
        }
    }

    private static String texts(List<InetAddress> addresses) {
        return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(","));
    }

    private static String identity(ExternalHost host) {
        return new Endpoint.Host(host.name()).toString();
    }

    /// @param failures what stands against each address
    private EnvironmentException refused(ExternalHost host, Map<String, String> failures) {
        var why = failures.isEmpty() ? "it has no address of %s".formatted(families)
            : failures.entrySet().stream().map(f -> "%s: %s".formatted(f.getKey(), f.getValue())).collect(Collectors.joining("; "));
        return new EnvironmentException("""
            this machine cannot stand for the external host %s: %s
              give an address of this machine that every node reaches, and where the host's ports are free (those below 1024 are root's): \
            --external %s=self@ADDRESS"""
            .formatted(host.name(), why, host.name()), null);
    }

    private void stop(String host) {
        var there = served.remove(host);
        if (there != null) threads.release(there.link);
    }

    @Override
    public void close() {
        List.copyOf(served.keySet()).forEach(this::stop);
    }
}
