package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.Lookup;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Outcome.Lost;
import dev.lockdown.flow.Outcome.ProbeFailed;
import dev.lockdown.flow.Outcome.TimedOut;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.pod.Order;
import dev.lockdown.pod.Order.Errand;
import dev.lockdown.pod.Order.Speech;
import dev.lockdown.pod.Report;
import dev.lockdown.pod.Report.Seen;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Puts probes to the agents that can make them, all at once, and reads what they saw.
final class Questions {
    /// ICMP has none, and an errand must say one.
    private static final int NO_PORT = 1;

    private final Directory directory;
    private final InstantSource clock;
    private final Threads threads;
    private final Duration travel;

    /// @param travel for the way there and back, beside the deadline of the dials
    Questions(Directory directory, InstantSource clock, Threads threads, Duration travel) {
        this.directory = directory;
        this.clock = clock;
        this.threads = threads;
        this.travel = travel;
    }

    private static final Duration IMPATIENCE = Duration.ofMillis(200);

    private volatile boolean away;

    /// One probe, what became of it, and whom else to ask about it.
    private static final class Answer {
        private final Probe probe;
        private @Nullable Seen seen;
        private @Nullable Observation whole;

        Answer(Probe probe) {
            this.probe = probe;
        }
    }

    List<Observation> ask(List<Probe> probes, Dialling how) {
        var answers = probes.stream().map(Answer::new).toList();
        var dials = new LinkedHashMap<AgentLink, List<Answer>>();
        var errands = new LinkedHashMap<Answer, Errand>();
        var slow = new ArrayList<Answer>();
        for (var answer : answers) {
            var link = directory.agent(answer.probe.source());
            if (link == null) failed(answer, directory.missing(answer.probe.source()));
            else switch (answer.probe) {
                case Probe.Reach reach -> {
                    switch (directory.errand(reach)) {
                        case Directory.Way.To(var errand) -> {
                            errands.put(answer, errand);
                            dials.computeIfAbsent(link, _ -> new ArrayList<>()).add(answer);
                        }
                        case Directory.Way.None(var why) -> failed(answer, why);
                    }
                }
                case Probe.Ping(_, var destination, var family) -> {
                    var target = directory.address(destination, family);
                    if (target == null && destination instanceof Endpoint.Host) throw Whereabouts.unknown(destination);
                    if (target == null) failed(answer, "%s has no %s address".formatted(destination, family));
                    else {
                        errands.put(answer, new Errand(new Speech.Ping(), Protocol.TCP, target.getHostAddress(), NO_PORT, 0));
                        dials.computeIfAbsent(link, _ -> new ArrayList<>()).add(answer);
                    }
                }
                case Probe.Resolve _, Probe.Unasked _ -> slow.add(answer);
            }
        }
        var lives = lives(answers);
        var reports = new LinkedHashMap<AgentLink, CompletableFuture<Report>>();
        dials.forEach((link, asked) -> reports.put(link, link.ask(id -> new Order.Dials(id, (int) how.deadline().toMillis(), how.payload(),
            asked.stream().map(errands::get).toList()))));
        threads.all(slow, answer -> answer.whole = slowly(answer.probe, how));
        reports.forEach((link, report) -> read(dials.getOrDefault(link, List.of()), await(report, how.deadline())));
        findLost(answers, lives, how);
        return answers.stream().map(this::observation).toList();
    }

    private void read(List<Answer> asked, Report report) {
        if (report instanceof Report.Dialled(_, var seen) && seen.size() == asked.size())
            for (int i = 0; i < asked.size(); i++) asked.get(i).seen = seen.get(i);
        else
            asked.forEach(a -> failed(a, report instanceof Report.Failed(_, var cause) ? cause : "the agent answered something else"));
    }

    private void failed(Answer answer, String cause) {
        answer.seen = new Seen(new ProbeFailed(cause), clock.instant(), null, null);
    }

    private Observation observation(Answer answer) {
        if (answer.whole != null) return answer.whole;
        var seen = answer.seen;
        if (seen == null) return new Observation(answer.probe, new ProbeFailed("no answer"), clock.instant(), List.of());
        return new Observation(answer.probe, named(answer.probe, seen), seen.at(), List.of());
    }

    /// A stranger does not say who it is; that it answered as it should is all there is to know.
    private Outcome named(Probe probe, Seen seen) {
        return seen.outcome() instanceof Outcome.Connected(var roundTrip, var by, var source) && probe instanceof Probe.Reach(var flow, _)
            && !directory.isAgent(flow) ? new Outcome.Connected(roundTrip, flow.destination().toString(), source) : seen.outcome();
    }

    /// The process of an addressee that restarts refuses in the name of nobody.
    private Map<AgentLink, Integer> lives(List<Answer> answers) {
        var lives = new HashMap<AgentLink, Integer>();
        for (var answer : answers) addressee(answer).ifPresent(link -> lives.put(link, link.restarts()));
        return lives;
    }

    private Optional<AgentLink> addressee(Answer answer) {
        return answer.probe instanceof Probe.Reach(var flow, _) && flow.destination() instanceof Endpoint.Pod
            ? Optional.ofNullable(directory.agent(flow.destination())) : Optional.empty();
    }

    /// A question that was not answered may have arrived: its addressee knows, if it is the one that lived all the while.
    private void findLost(List<Answer> answers, Map<AgentLink, Integer> lives, Dialling how) {
        var open = new LinkedHashMap<AgentLink, List<Answer>>();
        for (var answer : answers)
            if (answer.seen != null && answer.seen.outcome().isSilent())
                addressee(answer).ifPresent(l -> open.computeIfAbsent(l, _ -> new ArrayList<>()).add(answer));
        var reports = new LinkedHashMap<AgentLink, CompletableFuture<Report>>();
        open.forEach((link, asked) -> reports.put(link, link.ask(id -> new Order.Saw(id, asked.stream().map(Questions::nonce).toList()))));
        reports.forEach((link, report) -> {
            var asked = open.getOrDefault(link, List.of());
            var told = await(report, how.deadline());
            if (!Objects.equals(lives.get(link), link.restarts()))
                asked.forEach(a -> failed(a, "the agent of its addressee restarted meanwhile"));
            else
                if (told instanceof Report.Saw(_, var saw) && saw.size() == asked.size())
                    for (int i = 0; i < asked.size(); i++) asked.get(i).seen = told(asked.get(i), saw.get(i));
            else
                    asked.forEach(a -> failed(a, "the agent of its addressee could not be asked: "
                        + (told instanceof Report.Failed(_, var cause) ? cause : "it answered something else")));
        });
    }

    /// That of the question, or one that nobody has.
    private static String nonce(Answer answer) {
        return answer.seen == null || answer.seen.nonce() == null ? "0" : answer.seen.nonce();
    }

    private static @Nullable Seen told(Answer answer, boolean arrived) {
        var seen = answer.seen;
        if (seen == null || !(seen.outcome() instanceof TimedOut(var after, _)) || !(answer.probe instanceof Probe.Reach(var flow, _)))
            return seen;
        // Over TCP, a missing question proves nothing: the connection comes first.
        var lost = arrived ? Lost.REPLY : flow.port().protocol() == Protocol.UDP ? Lost.REQUEST : Lost.UNKNOWN;
        return new Seen(new TimedOut(after, lost), seen.at(), null, null);
    }

    private Observation slowly(Probe probe, Dialling how) {
        return switch (probe) {
            case Probe.Resolve resolve -> resolve(resolve, how);
            case Probe.Unasked unasked -> unasked(unasked, how);
            case Probe.Reach _, Probe.Ping _ -> throw new IllegalArgumentException("dialled with the others");
        };
    }

    private Observation resolve(Probe.Resolve probe, Dialling how) {
        if (directory.isAlias(probe.name()))
            throw new UnsupportedException(
                "%s is known by --external only, and the cluster's DNS does not know it".formatted(probe.name()));
        var link = directory.agent(probe.source());
        var server = directory.nameServer(probe.family());
        if (link == null || server == null)
            return new Observation(probe, new ProbeFailed("the cluster has no name server"), clock.instant(), List.of());
        var last = new Object() { java.time.Instant at = clock.instant(); };
        Lookup.Exchange exchange = (query, tcp) -> {
            var errand = new Errand(new Speech.Dns(query), tcp ? Protocol.TCP : Protocol.UDP, server.getHostAddress(), 53, 0);
            var seen = one(link, errand, how);
            last.at = seen.at();
            return seen.answer() != null && seen.outcome() instanceof Outcome.Connected(var roundTrip, _, _)
                ? new Lookup.Result.Answer(seen.answer(), roundTrip) : new Lookup.Result.Failed(seen.outcome());
        };
        var lookup =
            probe.source() instanceof Endpoint.Pod(var pod) ? Lookup.inNamespace(directory.names().namespace(pod.namespace()), exchange)
                : Lookup.absolute(exchange);
        return new Observation(probe, lookup.resolve(directory.names().dns(probe.name()), probe.transport(), probe.family()), last.at,
            List.of());
    }

    private Seen one(AgentLink link, Errand errand, Dialling how) {
        var report = await(link.ask(id -> new Order.Dials(id, (int) how.deadline().toMillis(), 0, List.of(errand))), how.deadline());
        return report instanceof Report.Dialled(_, var seen) && seen.size() == 1 ? seen.getFirst()
            : new Seen(new ProbeFailed(report instanceof Report.Failed(_, var cause) ? cause : "the agent answered something else"),
                clock.instant(), null, null);
    }

    /// Three letters within the deadline, as a dial has three attempts.
    private Observation unasked(Probe.Unasked probe, Dialling how) {
        var outcome = unaskedOutcome(probe, how);
        return new Observation(probe, outcome, clock.instant(), List.of());
    }

    private Outcome unaskedOutcome(Probe.Unasked probe, Dialling how) {
        var flow = probe.flow();
        var sender = directory.agent(flow.source());
        var addressee = directory.agent(flow.destination());
        var from = directory.address(flow.source(), flow.family());
        var to = directory.address(flow.destination(), flow.family());
        if (sender == null || addressee == null || from == null || to == null)
            return new ProbeFailed("%s or %s has no agent with an %s address".formatted(flow.source(), flow.destination(), flow.family()));
        if (!(askOf(addressee, id -> new Order.OpenMailbox(id, from.getHostAddress()),
            how) instanceof Report.Opened(_, var box, var letter)))
            return new ProbeFailed("%s could not open a port".formatted(flow.destination()));
        int third = (int) how.deadline().toMillis() / 3;
        for (int attempt = 1; attempt <= 3; attempt++) {
            var posted = askOf(sender, id -> new Order.Post(id, flow.port().number(), to.getHostAddress(), box, letter), how);
            if (posted instanceof Report.Failed(_, var cause))
                return new ProbeFailed("%s could not send: %s".formatted(flow.source(), cause));
            boolean last = attempt == 3;
            if (askOf(addressee, id -> new Order.Collect(id, box, third, last), how) instanceof Report.Collected(_, var seen)
                && seen != null)
                return seen.outcome();
        }
        return new TimedOut(how.deadline(), Lost.REQUEST);
    }

    private Report askOf(AgentLink link, LongFunction<Order> order, Dialling how) {
        return await(link.ask(order), how.deadline());
    }

    /// Once one agent has let the whole time pass, the way to them all is likely down, and the others are not waited for as long.
    private Report await(CompletableFuture<Report> report, Duration deadline) {
        var patience = away ? deadline.plus(IMPATIENCE) : deadline.plus(travel);
        try {
            return report.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            away = true;
            return new Report.Failed(0, "its agent did not report within %.1f s; the API server or the kubelet between may be down"
                .formatted(patience.toMillis() / 1e3));
        } catch (ExecutionException e) {
            return new Report.Failed(0, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Report.Failed(0, "interrupted");
        }
    }

    int tokenLength(NamespacedName pod) {
        var link = directory.agent(new Endpoint.Pod(pod));
        return link != null && await(link.ask(Order.Token::new), Duration.ZERO) instanceof Report.Token(_, var length) ? length : 0;
    }

    /// Who is where, as one scenario knows it.
    interface Directory {
        @Nullable AgentLink agent(Endpoint endpoint);

        /// Why there is no agent.
        String missing(Endpoint endpoint);

        @Nullable InetAddress address(Endpoint endpoint, dev.lockdown.flow.Family family);

        @Nullable InetAddress nameServer(dev.lockdown.flow.Family family);

        Way errand(Probe.Reach probe);

        /// Whether an agent of ours answers, so that it says who it is.
        boolean isAgent(Flow flow);

        /// Whether a name is that of an external host, which only features know.
        boolean isAlias(String name);

        Names names();

        /// How a probe can be made.
        sealed interface Way {
            record To(Errand errand) implements Way {}

            record None(String why) implements Way {}
        }
    }
}
