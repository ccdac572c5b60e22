package dev.lockdown.pod;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Outcome.ProbeFailed;
import dev.lockdown.flow.Protocol;
import dev.lockdown.pod.AgentRequest.DialRequest;
import dev.lockdown.pod.AgentRequest.ExchangeSpec;
import dev.lockdown.pod.AgentResponse.Seen;
import dev.lockdown.probe.Agent;
import dev.lockdown.probe.AgentLoop;
import dev.lockdown.probe.Dial;
import dev.lockdown.probe.DnsTransport;
import dev.lockdown.probe.Echo;
import dev.lockdown.probe.Exchange;
import dev.lockdown.probe.HandOver;
import dev.lockdown.probe.Line;
import dev.lockdown.probe.RawExchange;
import dev.lockdown.probe.SourcePorts;
import dev.lockdown.probe.Sockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Carries out the requests to an agent. May be used by several threads at once.
final class RequestHandler {
    /// The first TLS of a process takes some hundred milliseconds of computing, whatever the network does.
    private static final Duration CONVERSATION = Duration.ofMillis(1500);

    private final Agent agent;
    private final AgentLoop loop;
    private final UdpReceivers receivers;
    private final SourcePorts ports;
    private final Sockets sockets;
    private final MountedAccount account;
    private final AgentWatches watches;
    private final AgentHolds holds;
    private final AgentRole role;

    RequestHandler(Agent agent, AgentLoop loop, Sockets sockets, SourcePorts ports, MountedAccount account, UdpReceivers receivers,
            AgentWatches watches, AgentHolds holds, AgentRole role) {
        this.agent = agent;
        this.loop = loop;
        this.sockets = sockets;
        this.receivers = receivers;
        this.ports = ports;
        this.account = account;
        this.watches = watches;
        this.holds = holds;
        this.role = role;
    }

    AgentResponse carryOut(AgentRequest request) throws InterruptedException {
        try {
            return switch (request) {
                case AgentRequest.Dials dials -> new AgentResponse.Dialled(dials.id(), dial(dials));
                case AgentRequest.Saw(var id, var nonces) ->
                    new AgentResponse.Saw(id, nonces.stream().map(n -> agent.saw(Long.parseUnsignedLong(n, 16))).toList());
                case AgentRequest.OpenReceiver(var id, var family) -> receivers.open(id, InetAddress.ofLiteral(family));
                case AgentRequest.SendDatagram(var id, var port, var to, var receiver, var datagram) -> {
                    agent.sendDatagram(port, datagram, new InetSocketAddress(InetAddress.ofLiteral(to), receiver));
                    yield new AgentResponse.Sent(id);
                }
                case AgentRequest.Receive(var id, var receiver, var within, var last) -> receivers.receive(id, receiver, within, last);
                case AgentRequest.Watch watch -> watches.start(watch);
                case AgentRequest.Samples(var id, var watch, var last) -> watches.take(id, watch, last);
                case AgentRequest.Arrived(var id, var asked) -> new AgentResponse.Arrivals(id, watches.arrivals(asked));
                case AgentRequest.OpenHeld open -> holds.open(open);
                case AgentRequest.TakeHeld take -> holds.take(take);
                case AgentRequest.SeenHeld seen -> holds.seen(seen);
                case AgentRequest.BeatsOf(var id, var hold, var last) -> holds.beats(id, hold, last);
                case AgentRequest.Become(var id, var identity, var serves) -> new AgentResponse.Became(id, role.become(identity, serves));
                case AgentRequest.Find(var id, var program) -> new AgentResponse.Found(id, FirstDials.program(program, System.getenv()));
                case AgentRequest.Lacks(var id, var protocol) -> new AgentResponse.Lacking(id, sockets.lacking(protocol).orElse(""));
                case AgentRequest.Token(var id) -> new AgentResponse.Token(id, account.token().length());
                case AgentRequest.Unknown(var id, var kind) ->
                    new AgentResponse.Failed(id, "this agent speaks %s and has no request \"%s\"".formatted(Versions.OURS, kind));
            };
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            return new AgentResponse.Failed(request.id(), String.valueOf(e.getMessage()));
        }
    }

    private List<Seen> dial(AgentRequest.Dials request) throws InterruptedException {
        var deadline = Duration.ofMillis(request.deadline());
        var calls = request.dials().stream().map(e -> call(e, deadline, request.payload())).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // While the others wait for what does not come: these may have to wait as well.
            var alone = new HashMap<Call, Future<Seen>>();
            for (var call : calls) if (call.isAlone()) alone.put(call, threads.submit(() -> finish(call, deadline)));
            loop.make(calls.stream().filter(c -> !c.isAlone()).map(Call::dial).toList());
            var all = new ArrayList<Seen>();
            for (var call : calls) all.add(alone.get(call) instanceof Future<Seen> later ? later.get() : finish(call, deadline));
            return all;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /// @param exchange what is said; null where nothing is dialled, or only pinged
    private record Call(DialRequest request, Dial dial, @Nullable Exchange exchange) {

        /// Whether no selector may watch it: a connection that one watches cannot be had in blocking mode, and gives its port back some
        /// time after it is closed only.
        private boolean isAlone() {
            return exchange instanceof HandOver || request.fromPort() != 0;
        }
    }

    private Call call(DialRequest request, Duration deadline, int payload) {
        try {
            if (request.exchange() instanceof ExchangeSpec.Ping)
                return new Call(request, Dial.ping(Sockets.ofThisProcess(), InetAddress.ofLiteral(request.to()), null, deadline), null);
            var target = new InetSocketAddress(InetAddress.ofLiteral(request.to()), request.port());
            var exchange = exchange(request, payload);
            var from = request.fromPort() == 0 ? ports : SourcePorts.fixedAt(request.fromPort());
            var line = new Line(sockets, request.protocol(), target, wildcard(target), from);
            return new Call(request, request.once() ? Dial.once(line, exchange, deadline) : Dial.over(line, exchange, deadline), exchange);
        } catch (IllegalArgumentException e) {
            return new Call(request, Dial.answered(new ProbeFailed(String.valueOf(e.getMessage()))), null);
        }
    }

    private static InetAddress wildcard(InetSocketAddress target) {
        return InetAddress.ofLiteral(Family.of(target.getAddress()) == Family.IPV4 ? "0.0.0.0" : "::");
    }

    private static Exchange exchange(DialRequest request, int payload) {
        return switch (request.exchange()) {
            case ExchangeSpec.Echo(var expected) -> Echo.of(new HashSet<>(expected), payload);
            case ExchangeSpec.Dns(var query) -> DnsTransport.asking(query, request.protocol() == Protocol.TCP);
            case ExchangeSpec.Connect _, ExchangeSpec.Api _ -> new HandOver();
            case ExchangeSpec.Ping _ -> throw new IllegalArgumentException("a ping says nothing");
            case ExchangeSpec.Http _ -> throw new IllegalArgumentException("pages are asked for by samples alone");
        };
    }

    /// What is left to do and to say after the dials, TLS among it.
    private Seen finish(Call call, Duration deadline) {
        if (call.isAlone()) call.dial.run();
        var at = call.dial.ended();
        var outcome = call.dial.outcome();
        return switch (call.exchange) {
            case null -> new Seen(outcome, at, null, null);
            case Echo echo -> new Seen(outcome, at, outcome instanceof Outcome.TimedOut ? Long.toHexString(echo.nonce()) : null, null);
            case RawExchange raw -> new Seen(outcome, at, null, answer(raw, call.request.protocol()));
            case HandOver handOver ->
                new Seen(outcome instanceof Outcome.Connected c ? converse(call.request, handOver, c, deadline) : outcome,
                    at, null, null);
        };
    }

    private static byte @Nullable [] answer(RawExchange raw, Protocol protocol) {
        var answer = raw.answer();
        return answer == null ? null : DnsTransport.message(answer, protocol == Protocol.TCP);
    }

    /// The round trip is that of the connection, which is all that a policy can keep from coming about.
    private Outcome converse(DialRequest request, HandOver handOver, Outcome.Connected connected, Duration deadline) {
        try (var channel = handOver.take()) {
            if (!(request.exchange() instanceof ExchangeSpec.Api(var host))) return connected;
            channel.configureBlocking(true);
            var answer = account.ask(host, channel, deadline.compareTo(CONVERSATION) > 0 ? deadline : CONVERSATION);
            return answer instanceof Outcome.Connected(_, var by, var source) ? new Outcome.Connected(connected.roundTrip(), by, source)
                : answer;
        } catch (IOException e) {
            return new ProbeFailed("the connection could not be used: " + e.getMessage());
        }
    }
}
