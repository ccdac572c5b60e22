package dev.lockdown.pod;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Outcome.ProbeFailed;
import dev.lockdown.flow.Protocol;
import dev.lockdown.pod.Order.Errand;
import dev.lockdown.pod.Order.Speech;
import dev.lockdown.pod.Report.Seen;
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
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Carries out what an agent is asked. May be used by several threads at once.
final class Errands {
    private final Agent agent;
    private final AgentLoop loop;
    private final Mailboxes mailboxes;
    private final SourcePorts ports;
    private final Sockets sockets;
    private final MountedAccount account;

    Errands(Agent agent, AgentLoop loop, Sockets sockets, List<InetAddress> addresses, SourcePorts ports, MountedAccount account) {
        this.agent = agent;
        this.loop = loop;
        this.sockets = sockets;
        this.mailboxes = new Mailboxes(agent, sockets, addresses);
        this.ports = ports;
        this.account = account;
    }

    Report carryOut(Order order) throws InterruptedException {
        try {
            return switch (order) {
                case Order.Dials dials -> new Report.Dialled(dials.id(), dial(dials));
                case Order.Saw(var id, var nonces) ->
                    new Report.Saw(id, nonces.stream().map(n -> agent.saw(Long.parseUnsignedLong(n, 16))).toList());
                case Order.OpenMailbox(var id, var family) -> mailboxes.open(id, InetAddress.ofLiteral(family));
                case Order.Post(var id, var port, var to, var mailbox, var letter) -> {
                    agent.post(port, letter, new InetSocketAddress(InetAddress.ofLiteral(to), mailbox));
                    yield new Report.Posted(id);
                }
                case Order.Collect(var id, var mailbox, var within, var last) -> mailboxes.collect(id, mailbox, within, last);
                case Order.Token(var id) -> new Report.Token(id, account.token().length());
                case Order.Unknown(var id, var kind) ->
                    new Report.Failed(id, "this agent speaks %s and has no order \"%s\"".formatted(Versions.OURS, kind));
            };
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            return new Report.Failed(order.id(), String.valueOf(e.getMessage()));
        }
    }

    private List<Seen> dial(Order.Dials order) throws InterruptedException {
        var deadline = Duration.ofMillis(order.deadline());
        var calls = order.errands().stream().map(e -> call(e, deadline, order.payload())).toList();
        loop.make(calls.stream().filter(c -> !c.isAlone()).map(Call::dial).toList());
        return finish(calls, deadline);
    }

    /// @param exchange what is said; null where nothing is dialled, or only pinged
    private record Call(Errand errand, Dial dial, @Nullable Exchange exchange) {

        /// Whether no selector may watch it: a connection that one watches cannot be had in blocking mode, and gives its port back some
        /// time after it is closed only.
        private boolean isAlone() {
            return exchange instanceof HandOver || errand.fromPort() != 0;
        }
    }

    private Call call(Errand errand, Duration deadline, int payload) {
        try {
            if (errand.speech() instanceof Speech.Ping)
                return new Call(errand, Dial.ping(Sockets.ofThisProcess(), InetAddress.ofLiteral(errand.to()), null, deadline), null);
            var target = new InetSocketAddress(InetAddress.ofLiteral(errand.to()), errand.port());
            var exchange = exchange(errand, payload);
            var from = errand.fromPort() == 0 ? ports : SourcePorts.fixedAt(errand.fromPort());
            var line = new Line(sockets, errand.protocol(), target, wildcard(target), from);
            return new Call(errand, errand.once() ? Dial.once(line, exchange, deadline) : Dial.over(line, exchange, deadline), exchange);
        } catch (IllegalArgumentException e) {
            return new Call(errand, Dial.answered(new ProbeFailed(String.valueOf(e.getMessage()))), null);
        }
    }

    private static InetAddress wildcard(InetSocketAddress target) {
        return InetAddress.ofLiteral(Family.of(target.getAddress()) == Family.IPV4 ? "0.0.0.0" : "::");
    }

    private static Exchange exchange(Errand errand, int payload) {
        return switch (errand.speech()) {
            case Speech.Echo(var expected) -> Echo.of(new HashSet<>(expected), payload);
            case Speech.Dns(var query) -> DnsTransport.asking(query, errand.protocol() == Protocol.TCP);
            case Speech.Connect _, Speech.Api _ -> new HandOver();
            case Speech.Ping _ -> throw new IllegalArgumentException("a ping says nothing");
        };
    }

    /// What is left to say after the dials: TLS, each conversation on a thread of its own.
    private List<Seen> finish(List<Call> calls, Duration deadline) throws InterruptedException {
        var all = new ArrayList<Seen>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var finished = calls.stream().map(c -> threads.submit(() -> finish(c, deadline))).toList();
            for (var one : finished) all.add(one.get());
            return all;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Seen finish(Call call, Duration deadline) {
        if (call.isAlone()) call.dial.run();
        var at = call.dial.ended();
        var outcome = call.dial.outcome();
        return switch (call.exchange) {
            case null -> new Seen(outcome, at, null, null);
            case Echo echo -> new Seen(outcome, at, outcome instanceof Outcome.TimedOut ? Long.toHexString(echo.nonce()) : null, null);
            case RawExchange raw -> new Seen(outcome, at, null, answer(raw, call.errand.protocol()));
            case HandOver handOver ->
                new Seen(outcome instanceof Outcome.Connected c ? converse(call.errand, handOver, c, deadline) : outcome,
                    at, null, null);
        };
    }

    private static byte @Nullable [] answer(RawExchange raw, Protocol protocol) {
        var answer = raw.answer();
        return answer == null ? null : DnsTransport.message(answer, protocol == Protocol.TCP);
    }

    private Outcome converse(Errand errand, HandOver handOver, Outcome.Connected connected, Duration deadline) {
        try (var channel = handOver.take()) {
            if (!(errand.speech() instanceof Speech.Api(var host))) return connected;
            channel.configureBlocking(true);
            return account.ask(host, channel, deadline);
        } catch (IOException e) {
            return new ProbeFailed("the connection could not be used: " + e.getMessage());
        }
    }
}
