package dev.lockdown.cluster.embedded.dial;

import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.Nflog;
import dev.lockdown.flow.Drop;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Outcome.Lost;
import dev.lockdown.flow.Outcome.ProbeFailed;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.probe.Dial;
import dev.lockdown.probe.Echo;
import dev.lockdown.probe.Line;
import dev.lockdown.probe.SourcePorts;
import dev.lockdown.probe.Unsolicited;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A planned dial under way: its sockets, those who may answer it, and the drops that were reported of it. Used on one namespace thread.
final class RunningDial implements AutoCloseable {
    private final PlannedDial plan;
    private final Dial dial;
    private final List<DropMonitor> monitors;
    private List<Drop> drops = List.of();

    private RunningDial(PlannedDial plan, Dial dial, List<DropMonitor> monitors) {
        this.plan = plan;
        this.dial = dial;
        this.monitors = monitors;
    }

    static RunningDial of(PlannedDial plan, NamespaceThread thread, List<DropMonitor> monitors, Duration deadline) {
        var dial = switch (plan) {
            case PlannedDial _ when isDead(plan.source()) -> dead(plan.source());
            case PlannedDial.To to -> Dial.over(line(to, thread), to.exchange(), deadline);
            case PlannedDial.Unasked unasked when isDead(unasked.destination()) -> dead(unasked.destination());
            case PlannedDial.Unasked unasked -> Dial.over(unasked(unasked, thread), deadline);
            case PlannedDial.Ping ping -> Dial.ping(new NamespaceSockets(thread, ping.source().namespace()), ping.target(),
                ping.source().address(new InetSocketAddress(ping.target(), 0)), deadline);
        };
        return new RunningDial(plan, dial, monitors);
    }

    private static boolean isDead(NetworkEndpoint networkEndpoint) {
        return networkEndpoint.agent().isDead();
    }

    private static Dial dead(NetworkEndpoint networkEndpoint) {
        return Dial.answered(new ProbeFailed("the agent of %s is dead".formatted(networkEndpoint)));
    }

    private static Line line(PlannedDial.To to, NamespaceThread thread) {
        var source = to.source();
        var ports = to.fromPort() == 0 ? source.ports() : SourcePorts.fixedAt(to.fromPort());
        return new Line(new NamespaceSockets(thread, source.namespace()), to.protocol(), to.target(), source.address(to.target()), ports);
    }

    private static Unsolicited unasked(PlannedDial.Unasked plan, NamespaceThread thread) {
        var family = plan.probe().family();
        return new Unsolicited(end(plan.source(), family, thread), plan.port(), end(plan.destination(), family, thread),
            plan.destination().ports());
    }

    private static Unsolicited.End end(NetworkEndpoint networkEndpoint, Family family, NamespaceThread thread) {
        return new Unsolicited.End(networkEndpoint.agent(), new NamespaceSockets(thread, networkEndpoint.namespace()),
            networkEndpoint.address(family));
    }

    /// Begin, serve the far end, and see what came of it, all without waiting.
    ///
    /// @return whether it is decided
    boolean begin() {
        if (!dial.isDecided() && plan instanceof PlannedDial.To to && to.fromPort() != 0) forgetTuple(to);
        dial.start();
        return settled();
    }

    /// Go on, all without waiting.
    ///
    /// @return whether it is decided
    boolean advance() {
        dial.advance();
        return settled();
    }

    private boolean settled() {
        if (!dial.isDecided() && dial.hasAsked()) {
            serve();
            dial.advance();
        }
        // The data plane may have a word on silence and on refusals.
        if (!dial.isDecided() || dial.outcome().isSilent()) askDataPlane();
        else if (dial.outcome() instanceof Outcome.Connected) hangUp();
        return dial.isDecided();
    }

    private void serve() {
        if (plan instanceof PlannedDial.To to) for (var listener : to.answering()) listener.networkEndpoint().agent().poke(listener.port());
    }

    private void askDataPlane() {
        var claimed = report();
        if (claimed != null) {
            drops = List.of(claimed.drop());
            dial.dropped(claimed.word());
            dial.lost(claimed.word());
        } else if (dial.isDecided() && plan instanceof PlannedDial.To to) {
            askFarEnd(to);
        }
    }

    private DropMonitor.@Nullable Claimed<Lost> report() {
        // Most reports are of the source's own node.
        var first = plan.source().monitor();
        var claimed = first == null ? null : first.take(this::claim);
        for (int i = 0; i < monitors.size() && claimed == null; i++)
            if (monitors.get(i) != first) claimed = monitors.get(i).take(this::claim);
        return claimed;
    }

    /// Which half of this dial the packet is, or null where it is none.
    private @Nullable Lost claim(Nflog.Packet packet) {
        var fresh = dial.local();
        if (fresh == null) return null;
        boolean out = packet.sourcePort() == fresh.getPort() && packet.source().equals(fresh.getAddress());
        boolean back = packet.destinationPort() == fresh.getPort() && packet.destination().equals(fresh.getAddress());
        return switch (plan) {
            case PlannedDial.Unasked _ -> back && packet.protocol() == Protocol.UDP.number() ? Lost.REQUEST : null;
            case PlannedDial.Ping ping when packet.protocol() != ping.protocol() -> null;
            case PlannedDial.Ping _ -> out ? Lost.REQUEST : back ? Lost.REPLY : null;
            case PlannedDial.To to when packet.protocol() != to.protocol().number() -> null;
            // Other dials may leave from the same given port at the same time.
            case PlannedDial.To to when out && (to.fromPort() == 0 || isFarEnd(to, packet.destination(), packet.destinationPort())) ->
                Lost.REQUEST;
            case PlannedDial.To to when back && (to.fromPort() == 0 || isFarEnd(to, packet.source(), packet.sourcePort())) -> Lost.REPLY;
            case PlannedDial.To to when atNodePort(to) && packet.sourcePort() == fresh.getPort()
                && isFarEnd(to, packet.destination(), packet.destinationPort()) ->
                Lost.REQUEST;
            case PlannedDial.To _ -> null;
        };
    }

    /// Behind a port of a node and a load balancer the packets go on under the node's address, most often from the same port.
    private static boolean atNodePort(PlannedDial.To to) {
        return to.probe() instanceof Probe.Reach(var flow, _)
            && (flow.destination() instanceof Endpoint.Node || flow.destination() instanceof Endpoint.LoadBalancer)
            && !to.answering().isEmpty()
            && !to.answering().getFirst().networkEndpoint().addresses().containsValue(to.target().getAddress());
    }

    private static boolean isFarEnd(PlannedDial.To to, InetAddress address, int port) {
        if (to.target().getPort() == port && to.target().getAddress().equals(address)) return true;
        for (var listener : to.answering())
            if (listener.port().number() == port && listener.networkEndpoint().addresses().containsValue(address)) return true;
        return false;
    }

    /// Without a report, the far end may still know whether the question came. A missing one proves that the request was lost only where
    /// nothing else must arrive first: over UDP.
    private void askFarEnd(PlannedDial.To to) {
        if (!(to.exchange() instanceof Echo echo) || to.answering().isEmpty()) return;
        boolean listening = true;
        for (var listener : to.answering()) {
            if (listener.networkEndpoint().agent().saw(echo.nonce())) {
                dial.lost(Lost.REPLY);
                return;
            }
            listening &= listener.networkEndpoint().agent().serves(listener.port());
        }
        if (listening && to.protocol() == Protocol.UDP) dial.lost(Lost.REQUEST);
    }

    /// Connection tracking may remember an earlier dial with the same addresses and ports, and would answer for the policy.
    private void forgetTuple(PlannedDial.To to) {
        var source = to.source().address(to.target());
        if (source == null) return;
        for (var monitor : monitors)
            monitor.forgetConnection(to.protocol().number(), new InetSocketAddress(source, to.fromPort()), to.target());
    }

    Observation observation() {
        return dial.observation(plan.probe(), drops);
    }

    /// Close its sockets. Repeatable.
    @Override
    public void close() {
        dial.close();
    }

    /// The dial has closed its end with a reset, which the far end would else find as an error when it is next served.
    private void hangUp() {
        var near = dial.local();
        if (near != null && plan instanceof PlannedDial.To to && to.protocol() != Protocol.UDP)
            for (var listener : to.answering()) listener.networkEndpoint().agent().hangUp(listener.port(), near);
    }
}
