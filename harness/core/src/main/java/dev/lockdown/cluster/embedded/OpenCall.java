package dev.lockdown.cluster.embedded;

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
import dev.lockdown.probe.Unasked;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call under way: its dial, those who may answer it, and the drops that were reported of it. Used on one namespace thread.
final class OpenCall implements AutoCloseable {
    private final Call call;
    private final Dial dial;
    private final List<NodeTap> taps;
    private List<Drop> drops = List.of();

    private OpenCall(Call call, Dial dial, List<NodeTap> taps) {
        this.call = call;
        this.dial = dial;
        this.taps = taps;
    }

    static OpenCall of(Call call, NamespaceThread thread, List<NodeTap> taps, Duration deadline) {
        var dial = switch (call) {
            case Call _ when isDead(call.source()) -> dead(call.source());
            case Call.To to -> Dial.over(line(to, thread), to.exchange(), deadline);
            case Call.Unasked unasked when isDead(unasked.destination()) -> dead(unasked.destination());
            case Call.Unasked unasked -> Dial.over(unasked(unasked, thread), deadline);
            case Call.Ping ping -> Dial.ping(new Inside(thread, ping.source().namespace()), ping.target(),
                ping.source().address(new InetSocketAddress(ping.target(), 0)), deadline);
        };
        return new OpenCall(call, dial, taps);
    }

    private static boolean isDead(Station station) {
        return station.agent().isDead();
    }

    private static Dial dead(Station station) {
        return Dial.answered(new ProbeFailed("the agent of %s is dead".formatted(station)));
    }

    private static Line line(Call.To to, NamespaceThread thread) {
        var source = to.source();
        var ports = to.fromPort() == 0 ? source.ports() : SourcePorts.fixedAt(to.fromPort());
        return new Line(new Inside(thread, source.namespace()), to.protocol(), to.target(), source.address(to.target()), ports);
    }

    private static Unasked unasked(Call.Unasked call, NamespaceThread thread) {
        var family = call.probe().family();
        return new Unasked(end(call.source(), family, thread), call.port(), end(call.destination(), family, thread),
            call.destination().ports());
    }

    private static Unasked.End end(Station station, Family family, NamespaceThread thread) {
        return new Unasked.End(station.agent(), new Inside(thread, station.namespace()), station.address(family));
    }

    /// Begin, serve the far end, and see what came of it, all without waiting.
    ///
    /// @return whether it is decided
    boolean begin() {
        if (!dial.isDecided() && call instanceof Call.To to && to.fromPort() != 0) forgetTuple(to);
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
        if (!dial.isDecided() || isWorthAsking(dial.outcome())) askDataPlane();
        else if (dial.outcome() instanceof Outcome.Connected) hangUp();
        return dial.isDecided();
    }

    /// The data plane may have a word on silence and on refusals.
    private static boolean isWorthAsking(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Refused _, Outcome.Unreachable _, Outcome.TimedOut _ -> true;
            case Outcome.Connected _, Outcome.Resolved _, Outcome.Misdirected _, Outcome.Unresolved _, Outcome.ProbeFailed _ -> false;
        };
    }

    private void serve() {
        if (call instanceof Call.To to) for (var listener : to.answering()) listener.station().agent().poke(listener.port());
    }

    /// The dial has closed its end with a reset, which the far end would else find as an error when it is next served.
    private void hangUp() {
        var near = dial.local();
        if (near != null && call instanceof Call.To to && to.protocol() == Protocol.TCP)
            for (var listener : to.answering()) listener.station().agent().hangUp(listener.port(), near);
    }

    private void askDataPlane() {
        var claimed = report();
        if (claimed != null) {
            drops = List.of(claimed.drop());
            dial.dropped(claimed.word());
            dial.lost(claimed.word());
        } else if (dial.isDecided() && call instanceof Call.To to) {
            askFarEnd(to);
        }
    }

    private NodeTap.@Nullable Claimed<Lost> report() {
        // Most reports are of the source's own node.
        var first = call.source().tap();
        var claimed = first == null ? null : first.take(this::claim);
        for (int i = 0; i < taps.size() && claimed == null; i++) if (taps.get(i) != first) claimed = taps.get(i).take(this::claim);
        return claimed;
    }

    /// Which half of this dial the packet is, or null where it is none.
    private @Nullable Lost claim(Nflog.Packet packet) {
        var fresh = dial.local();
        if (fresh == null) return null;
        boolean out = packet.sourcePort() == fresh.getPort() && packet.source().equals(fresh.getAddress());
        boolean back = packet.destinationPort() == fresh.getPort() && packet.destination().equals(fresh.getAddress());
        return switch (call) {
            case Call.Unasked _ -> back && packet.protocol() == Protocol.UDP.number() ? Lost.REQUEST : null;
            case Call.Ping ping when packet.protocol() != ping.protocol() -> null;
            case Call.Ping _ -> out ? Lost.REQUEST : back ? Lost.REPLY : null;
            case Call.To to when packet.protocol() != to.protocol().number() -> null;
            // Other dials may leave from the same given port at the same time.
            case Call.To to when out && (to.fromPort() == 0 || isFarEnd(to, packet.destination(), packet.destinationPort())) ->
                Lost.REQUEST;
            case Call.To to when back && (to.fromPort() == 0 || isFarEnd(to, packet.source(), packet.sourcePort())) -> Lost.REPLY;
            case Call.To to when atNodePort(to) && packet.sourcePort() == fresh.getPort()
                && isFarEnd(to, packet.destination(), packet.destinationPort()) ->
                Lost.REQUEST;
            case Call.To _ -> null;
        };
    }

    /// Behind a port of a node the packets go on under the node's address, most often from the same port.
    private static boolean atNodePort(Call.To to) {
        return to.probe() instanceof Probe.Reach(var flow, _) && flow.destination() instanceof Endpoint.Node && !to.answering().isEmpty()
            && !to.answering().getFirst().station().addresses().containsValue(to.target().getAddress());
    }

    private static boolean isFarEnd(Call.To to, InetAddress address, int port) {
        if (to.target().getPort() == port && to.target().getAddress().equals(address)) return true;
        for (var listener : to.answering())
            if (listener.port().number() == port && listener.station().addresses().containsValue(address)) return true;
        return false;
    }

    /// Without a report, the far end may still know whether the question came. A missing one proves that the request was lost only where
    /// nothing else must arrive first: over UDP.
    private void askFarEnd(Call.To to) {
        if (!(to.exchange() instanceof Echo echo) || to.answering().isEmpty()) return;
        boolean listening = true;
        for (var listener : to.answering()) {
            if (listener.station().agent().saw(echo.nonce())) {
                dial.lost(Lost.REPLY);
                return;
            }
            listening &= listener.station().agent().serves(listener.port());
        }
        if (listening && to.protocol() == Protocol.UDP) dial.lost(Lost.REQUEST);
    }

    /// Connection tracking may remember an earlier dial with the same addresses and ports, and would answer for the policy.
    private void forgetTuple(Call.To to) {
        var source = to.source().address(to.target());
        if (source == null) return;
        for (var tap : taps) tap.forgetConnection(to.protocol().number(), new InetSocketAddress(source, to.fromPort()), to.target());
    }

    Observation observation() {
        return dial.observation(call.probe(), drops);
    }

    /// Close its sockets. Repeatable.
    @Override
    public void close() {
        dial.close();
    }
}
