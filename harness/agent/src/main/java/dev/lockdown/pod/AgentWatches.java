package dev.lockdown.pod;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Protocol;
import dev.lockdown.pod.AgentRequest.DialRequest;
import dev.lockdown.pod.AgentRequest.ExchangeSpec;
import dev.lockdown.probe.Agent;
import dev.lockdown.probe.AgentClock;
import dev.lockdown.probe.Echo;
import dev.lockdown.probe.sample.FlowSampler;
import dev.lockdown.probe.sample.Question;
import dev.lockdown.probe.Line;
import dev.lockdown.probe.sample.SeenRun;
import dev.lockdown.probe.SourcePorts;
import dev.lockdown.probe.Sockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The watches of one agent. Thread-safe.
final class AgentWatches implements AutoCloseable {
    /// Connection tracking forgets a question that was answered after 30 s, as it is usually set.
    private static final Duration REMEMBERED = Duration.ofSeconds(40);
    /// So much of its time may an agent spend on sending; reading the answers and serving others takes as much again.
    private static final double SHARE = 0.4;
    private static final int APART = 1009;

    private final Agent agent;
    private final Sockets sockets;
    private final SourceRange range;
    private final SourcePorts tcp;
    /// Those of one addressee go on from watch to watch.
    private final Map<InetSocketAddress, SourcePorts> udp = new ConcurrentHashMap<>();
    private final FirstDials first;
    private final Map<Integer, HandOver> handOver = new ConcurrentHashMap<>();
    private final Map<Integer, FlowSampler> running = new ConcurrentHashMap<>();
    /// Measured once: whoever follows a pod that was made anew has no time for it.
    private final Map<Asked, Duration> costs = new ConcurrentHashMap<>();

    /// What is to be told of a watch besides its own samples.
    ///
    /// @param began when its own samples did
    private record HandOver(long began, List<String> targets) {
        List<SeenRun> with(FirstDials first, List<List<SeenRun>> own, int flow) {
            return Stream.concat(first.of(targets.get(flow), began).stream(), own.get(flow).stream()).toList();
        }
    }

    /// @param answer whether more is wanted than that it can be reached
    private record Asked(InetSocketAddress address, boolean answer) {}

    /// @param range from which ports to sample, apart from those of dials: a tuple used again is answered by connection tracking
    ///
    /// @param first what was dialled before this process could
    AgentWatches(Agent agent, Sockets sockets, SourceRange range, FirstDials first) {
        this.first = first;
        this.agent = agent;
        this.sockets = sockets;
        this.range = range;
        tcp = range.ports(0);
    }

    /// Begin to sample, unless the rate cannot be kept.
    AgentResponse.Watching start(AgentRequest.Watch watch) throws IOException {
        var interval = Duration.ofNanos(watch.interval() * 1000);
        var targets = new ArrayList<FlowSampler.Target>();
        for (int i = 0; i < watch.flows().size(); i++) targets.add(target(watch.flows().get(i), (int) (long) watch.series().get(i)));
        var cannot = withoutPorts(watch.flows(), interval);
        long cost = cannot.isEmpty() ? cost(targets) : 0;
        if (cannot.isEmpty()) cannot = withoutTime(targets.size(), interval, cost);
        if (cannot.isEmpty()) {
            first.stop();
            if (watch.first())
                handOver.put(watch.watch(), new HandOver(AgentClock.nanos() / 1000,
                    watch.flows().stream().map(f -> f.to() + "/" + Integer.toString(f.port())).toList()));
            var before = running.put(watch.watch(),
                FlowSampler.start(agent.identity(), targets, interval, Duration.ofMillis(watch.deadline())));
            if (before != null) before.close();
        }
        return new AgentResponse.Watching(watch.id(), cost, cannot);
    }

    /// Of one tick, in nanoseconds.
    private long cost(List<FlowSampler.Target> targets) throws IOException {
        long all = 0;
        for (var target : targets) {
            var asked = new Asked(target.line().target(), target.questions() != null);
            var known = costs.get(asked);
            if (known == null) costs.put(asked, known = FlowSampler.cost(target));
            all += known.toNanos();
        }
        return all;
    }

    private String withoutTime(int flows, Duration interval, long cost) {
        long least = (long) (cost / SHARE);
        if (least <= interval.toNanos()) return "";
        return String.format(Locale.ROOT, "%s cannot sample %d flow%s every %s: a sample takes it %.0f µs, so that every %s is the most",
            agent.identity(), flows, flows == 1 ? "" : "s", words(interval), cost / 1e3 / flows, rounded(least));
    }

    private String withoutPorts(List<DialRequest> flows, Duration interval) {
        long least = REMEMBERED.toNanos() / range.size();
        if (least <= interval.toNanos() || flows.stream().noneMatch(f -> f.protocol() == Protocol.UDP)) return "";
        return String.format(Locale.ROOT,
            "%s cannot sample over UDP every %s: it has %d ports, and none may come again within %d s, so that every %s is the most",
            agent.identity(), words(interval), range.size(), REMEMBERED.toSeconds(), rounded(least));
    }

    private static String rounded(long nanos) {
        return String.format(Locale.ROOT, "%.1f ms", Math.ceil(nanos / 1e5) / 10);
    }

    private static String words(Duration interval) {
        return String.format(Locale.ROOT, "%s ms", interval.toNanos() % 1_000_000 == 0 ? Long.toString(interval.toMillis())
            : Double.toString(interval.toNanos() / 1e6));
    }

    private FlowSampler.Target target(DialRequest dial, int series) {
        var address = new InetSocketAddress(InetAddress.ofLiteral(dial.to()), dial.port());
        var wildcard = InetAddress.ofLiteral(Family.of(address.getAddress()) == Family.IPV4 ? "0.0.0.0" : "::");
        // To each addressee all the ports are used, so that they come again as late as possible, and far from those to others.
        if (dial.protocol() == Protocol.SCTP) throw new IllegalArgumentException("flows are sampled over TCP and UDP alone");
        var ports = dial.protocol() == Protocol.UDP ? udp.computeIfAbsent(address, _ -> range.ports(udp.size() * APART)) : tcp;
        return new FlowSampler.Target(new Line(sockets, dial.protocol(), address, wildcard, ports),
            questions(dial, series));
    }

    /// @return null for a connection that need only stand
    private static @Nullable IntFunction<Question> questions(DialRequest dial, int series) {
        return switch (dial.exchange()) {
            case ExchangeSpec.Http(var host, var expected) -> {
                var page = new Question.Page(host, new HashSet<>(expected));
                yield _ -> page;
            }
            case ExchangeSpec _ when dial.protocol() == Protocol.TCP -> null;
            case ExchangeSpec.Echo(var expected) -> {
                var answering = new HashSet<>(expected);
                yield number -> new Question.Nonce(Echo.numbered(series, number, answering));
            }
            case ExchangeSpec.Dns(var query) -> {
                var name = new Question.Name(query);
                yield _ -> name;
            }
            case ExchangeSpec.Connect _, ExchangeSpec.Api _, ExchangeSpec.Ping _ ->
                throw new IllegalArgumentException("what answers there over UDP is not known");
        };
    }

    AgentResponse take(long id, int watch, boolean last) {
        var sampler = running.get(watch);
        if (sampler == null) throw new IllegalArgumentException("this agent has no watch " + watch);
        if (last || sampler.isOver()) {
            running.remove(watch);
            sampler.close();
        }
        var over = handOver.remove(watch);
        var taken = sampler.take();
        return new AgentResponse.Sampled(id, taken.clock(), taken.missedTicks(),
            IntStream.range(0, taken.runs().size())
                .mapToObj(i -> runs(over == null ? taken.runs().get(i) : over.with(first, taken.runs(), i)))
                .toList());
    }

    private static AgentResponse.Runs runs(List<SeenRun> runs) {
        var numbers = new ArrayList<Long>(runs.size() * 5);
        for (var run : runs) {
            numbers.add((long) run.seen().ordinal());
            numbers.add(run.firstMicros());
            numbers.add(run.lastMicros());
            numbers.add((long) run.count());
            numbers.add((long) run.sequence());
        }
        return new AgentResponse.Runs(numbers);
    }

    @Override
    public void close() {
        running.values().forEach(FlowSampler::close);
        running.clear();
        handOver.clear();
    }

    /// @param asked and what is returned: see [AgentRequest.Arrived]
    List<Long> arrivals(List<Long> asked) {
        var ranges = new ArrayList<Long>();
        for (int i = 0; i + 2 < asked.size(); i += 3) {
            int series = (int) (long) asked.get(i);
            int first = (int) (long) asked.get(i + 1);
            agent.keep(series);
            var arrived = agent.arrivals(series, first, (int) (long) asked.get(i + 2));
            for (int from = arrived.nextSetBit(0); from >= 0;) {
                int to = arrived.nextClearBit(from);
                ranges.addAll(List.of((long) series, (long) first + from, (long) to - from));
                from = arrived.nextSetBit(to);
            }
        }
        return ranges;
    }
}
