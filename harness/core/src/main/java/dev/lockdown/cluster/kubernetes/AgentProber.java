package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.Dialling;
import java.time.Instant;
import dev.lockdown.cluster.Waits;
import dev.lockdown.cluster.kubernetes.agent.AgentCalls;
import dev.lockdown.cluster.kubernetes.agent.AgentLink;
import dev.lockdown.cluster.kubernetes.agent.Threads;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome.Lost;
import dev.lockdown.flow.Outcome.TimedOut;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.pod.AgentRequest.DialRequest;
import dev.lockdown.pod.AgentRequest;
import dev.lockdown.pod.AgentResponse.Seen;
import dev.lockdown.pod.AgentResponse;
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
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Puts probes to the agents that can make them, all at once, and reads what they saw.
final class AgentProber {
    private final ProbePlanner planner;
    private final InstantSource clock;
    private final Threads threads;
    private final AgentCalls calls;
    private final NameLookups names;
    private final UnsolicitedDatagrams datagrams;

    /// @param travel for the way of a request and its response, beside the deadline of the dials
    /// @param waits tell where agents do not answer
    AgentProber(ProbePlanner planner, InstantSource clock, Threads threads, Duration travel, Waits waits) {
        this.planner = planner;
        this.clock = clock;
        this.threads = threads;
        calls = new AgentCalls(clock, travel, waits);
        names = new NameLookups(planner, calls, clock);
        datagrams = new UnsolicitedDatagrams(planner, calls, clock);
    }

    /// One probe, and what became of it: what a dial saw, or a whole observation where it takes more than one.
    private static final class Answer {
        private final Probe probe;
        private @Nullable Seen seen;
        private @Nullable Observation whole;

        Answer(Probe probe) {
            this.probe = probe;
        }

        void failed(Seen failure) {
            seen = failure;
        }
    }

    /// What one agent is asked in one request: all its dials that wait equally long.
    private record Asked(AgentLink link, Dialling how) {}

    /// A dial that an agent is asked to make, for the answer to a probe.
    private record Dial(Answer answer, DialRequest request) {}

    /// @param answered hears how many probes have been answered
    List<Observation> observe(List<Probe> probes, Dialling how, IntConsumer answered) {
        var answers = probes.stream().map(Answer::new).toList();
        var dials = new LinkedHashMap<Asked, List<Dial>>();
        var slow = new ArrayList<Answer>();
        for (var answer : answers) plan(answer, how, dials, slow);
        var lives = lives(answers);
        var began = clock.instant();
        var responses = new LinkedHashMap<Asked, CompletableFuture<AgentResponse>>();
        dials.forEach((agent, asked) -> responses.put(agent,
            agent.link.ask(id -> AgentCalls.dials(id, asked.stream().map(Dial::request).toList(), agent.how))));
        threads.all(slow, answer -> answer.whole = slowly(answer.probe, how.of(answer.probe)));
        int done = slow.size();
        for (var response : responses.entrySet()) {
            var asked = dials.getOrDefault(response.getKey(), List.of());
            read(asked, calls.await(response.getValue(), response.getKey().how.deadline()), began);
            answered.accept(done += asked.size());
        }
        findLost(answers, lives, how);
        return answers.stream().map(this::observation).toList();
    }

    private void plan(Answer answer, Dialling how, Map<Asked, List<Dial>> dials, List<Answer> slow) {
        var link = planner.agent(answer.probe.source());
        if (link == null) {
            answer.failed(calls.failed(planner.missing(answer.probe.source())));
            return;
        }
        switch (answer.probe) {
            case Probe.Reach reach -> plan(answer, new Asked(link, how.of(answer.probe)), planner.plan(reach), dials);
            case Probe.Ping ping -> plan(answer, new Asked(link, how.of(answer.probe)), planner.plan(ping), dials);
            case Probe.Resolve _, Probe.Unasked _ -> slow.add(answer);
        }
    }

    private void plan(Answer answer, Asked agent, ProbePlanner.Plan plan, Map<Asked, List<Dial>> dials) {
        switch (plan) {
            case ProbePlanner.Plan.Possible(var request) ->
                dials.computeIfAbsent(agent, _ -> new ArrayList<>()).add(new Dial(answer, request));
            case ProbePlanner.Plan.Impossible(var why) -> answer.failed(calls.failed(why));
        }
    }

    private void read(List<Dial> asked, AgentResponse response, Instant began) {
        if (response instanceof AgentResponse.Dialled(_, var told) && told.size() == asked.size()) {
            var seen = calls.inOurTime(told, began);
            for (int i = 0; i < asked.size(); i++) asked.get(i).answer.seen = seen.get(i);
        } else
            asked.forEach(d -> d.answer.failed(calls.failed(AgentCalls.cause(response))));
    }

    private Observation observation(Answer answer) {
        if (answer.whole != null) return answer.whole;
        var seen = answer.seen == null ? calls.failed("no answer") : answer.seen;
        return new Observation(answer.probe, named(answer.probe, seen), seen.at(), List.of());
    }

    /// What runs no agent of ours does not say who it is; that it answered as it should is all there is to know.
    private Outcome named(Probe probe, Seen seen) {
        return seen.outcome() instanceof Outcome.Connected(var roundTrip, var by, var source) && probe instanceof Probe.Reach(var flow, _)
            && !planner.isAgent(flow) ? new Outcome.Connected(roundTrip, flow.destination().toString(), source) : seen.outcome();
    }

    /// How often each addressee's process has restarted: while it does so, its pod refuses connections in nobody's name.
    private Map<AgentLink, Integer> lives(List<Answer> answers) {
        var lives = new HashMap<AgentLink, Integer>();
        for (var answer : answers) addressee(answer).ifPresent(link -> lives.put(link, link.restarts()));
        return lives;
    }

    private Optional<AgentLink> addressee(Answer answer) {
        return answer.probe instanceof Probe.Reach(var flow, _)
            && (flow.destination() instanceof Endpoint.Pod || flow.destination() instanceof Endpoint.Host)
                ? Optional.ofNullable(planner.agent(flow.destination())) : Optional.empty();
    }

    /// A question that was not answered may have arrived: its addressee knows, if its process has not restarted meanwhile.
    private void findLost(List<Answer> answers, Map<AgentLink, Integer> lives, Dialling how) {
        var open = new LinkedHashMap<AgentLink, List<Answer>>();
        for (var answer : answers)
            if (answer.seen != null && answer.seen.outcome().isSilent())
                addressee(answer).ifPresent(l -> open.computeIfAbsent(l, _ -> new ArrayList<>()).add(answer));
        var responses = new LinkedHashMap<AgentLink, CompletableFuture<AgentResponse>>();
        open.forEach((link, asked) -> responses.put(link,
            link.ask(id -> new AgentRequest.Saw(id, asked.stream().map(AgentProber::nonce).toList()))));
        responses.forEach((link, response) -> {
            var asked = open.getOrDefault(link, List.of());
            var told = calls.await(response, how.longest());
            if (!Objects.equals(lives.get(link), link.restarts()))
                asked.forEach(a -> a.failed(calls.failed("the agent of its addressee restarted meanwhile")));
            else
                if (told instanceof AgentResponse.Saw(_, var saw) && saw.size() == asked.size())
                    for (int i = 0; i < asked.size(); i++) asked.get(i).seen = told(asked.get(i), saw.get(i));
            else
                    asked.forEach(a -> a.failed(calls.failed(
                        "the agent of its addressee could not be asked: " + AgentCalls.cause(told))));
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

    /// What takes several questions to one or two agents.
    private Observation slowly(Probe probe, Dialling how) {
        return switch (probe) {
            case Probe.Resolve resolve -> names.observe(resolve, how);
            case Probe.Unasked unasked -> datagrams.observe(unasked, how);
            case Probe.Reach _, Probe.Ping _ -> throw new IllegalArgumentException("dialled with the others");
        };
    }

    /// The length of the service account token that is mounted in a pod, or 0.
    int tokenLength(NamespacedName pod) {
        var link = planner.agent(new Endpoint.Pod(pod));
        return link != null
            && calls.call(link, AgentRequest.Token::new, Duration.ZERO) instanceof AgentResponse.Token(_, var length) ? length : 0;
    }
}
