package dev.lockdown.trial;

import dev.lockdown.state.DnsCache;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.ServiceEndpoints;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.journal.Entry;
import dev.lockdown.policy.Expectation;
import dev.lockdown.policy.Explanation;
import dev.lockdown.policy.Oracle;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Judge;
import dev.lockdown.verdict.Question;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Asks questions once, all together, with their controls, and judges the answers.
final class ProbeRounds {
    /// Enough dials of a Service to meet each of its backends, were they chosen in turn, twice.
    private static final int DIALS_PER_BACKEND = 2;
    /// And where they are chosen by chance: one of two is missed once in 32,768 times.
    private static final int DIALS_BY_CHANCE = 8;
    private static final int MOST_DIALS = 24;
    private static final int DNS_PORT = 53;

    private final Cluster cluster;
    private final Baseline baseline;
    private final ScenarioJournal journal;
    private Controls controls;

    ProbeRounds(Cluster cluster, Baseline baseline, ScenarioJournal journal) {
        this.cluster = cluster;
        this.baseline = baseline;
        this.journal = journal;
        controls = new Controls(cluster, baseline);
    }

    /// What was seen of questions that were asked together.
    ///
    /// @param how they were asked
    /// @param took how long it was until all had been answered or waited for
    record Asked(Dialling how, List<Observation> observations, Duration took) {}

    /// What was asked together.
    ///
    /// @param cells one for each question, in their order
    /// @param took how long it was until all had been answered or waited for, the controls left out
    record Round(List<Cell> cells, Duration took) {}

    /// Whether questions may be asked while others are under way, on any thread.
    boolean mayOverlap() {
        return cluster.mayOverlap();
    }

    /// Ask all questions.
    Asked ask(List<Question> questions, Dialling how) {
        var probes = questions.stream().flatMap(q -> dials(q).stream()).toList();
        var begin = journal.now();
        var observations = cluster.observe(probes, how, journal.asking(probes.size()));
        return new Asked(how, observations, Duration.between(begin, journal.now()));
    }

    /// Look for the controls of what was not answered, and judge.
    ///
    /// @param line of the step that asks
    Round judged(List<Question> questions, Asked asked, int line) {
        controls = new Controls(cluster, baseline);
        return round(questions, asked, line);
    }

    /// Judge what was asked right after, or beside, the last time: both ends were alive then, and are not asked again.
    Round judgedAgain(List<Question> questions, Asked asked, int line) {
        return round(questions, asked, line);
    }

    /// How long these took in the baseline, where they were answered; null where the data plane names what it drops: then nobody waits for it.
    @Nullable Map<Probe, Duration> usual(List<Probe> probes) {
        if (cluster.capabilities().namesDrops()) return null;
        return probes.stream().distinct().collect(Collectors.toMap(p -> p, baseline::roundTrip));
    }

    /// How long the slowest control of a probe took.
    Duration slowestControl(Probe probe) {
        return controls.slowest(probe);
    }

    /// Which flows are open now. What is silent and should not be, or was waited for too briefly, is asked again with the whole deadline.
    Set<Probe> open(List<Probe> probes, int line) {
        var oracle = new Oracle(cluster.state(), cluster.addresses());
        var allowed = probes.stream().filter(p -> isAllowed(p, oracle)).collect(Collectors.toSet());
        var pace = new Pace(usual(probes), allowed);
        var how = pace.next();
        var seen = new LinkedHashMap<Probe, Observation>();
        var begin = journal.now();
        var observations = before(probes, how, line, seen);
        pace.note(how, Duration.between(begin, journal.now()), observations, _ -> Duration.ZERO);
        var doubtful = probes.stream().filter(p -> silent(seen, p) && (pace.wasHasty() || allowed.contains(p))).toList();
        if (!doubtful.isEmpty() && how.deadline().compareTo(Dialling.DEFAULT.deadline()) < 0)
            before(doubtful, Dialling.DEFAULT, line, seen);
        return seen.values().stream().filter(o -> o.outcome() instanceof Outcome.Connected).map(Observation::probe)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<Observation> before(List<Probe> probes, Dialling how, int line, Map<Probe, Observation> seen) {
        var observations = cluster.observe(probes, how, journal.asking(probes.size()));
        journal.observed(line, Entry.Purpose.BEFORE_CHANGE, observations);
        observations.forEach(o -> seen.put(o.probe(), o));
        return observations;
    }

    private static boolean silent(Map<Probe, Observation> seen, Probe probe) {
        var observation = seen.get(probe);
        return observation != null && observation.outcome().isSilent();
    }

    private boolean isAllowed(Probe probe, Oracle oracle) {
        return switch (reasons(probe, oracle).expectation()) {
            case Expectation.Allowed _, Expectation.Split _ -> true;
            case Expectation.Denied _, Expectation.Unspecified _ -> false;
        };
    }

    private Round round(List<Question> questions, Asked asked, int line) {
        var observations = asked.observations;
        var unanswered = observations.stream().filter(o -> o.outcome().isSilent()).map(Observation::probe).distinct().toList();
        journal.observed(line, Entry.Purpose.CONTROL, controls.prepare(unanswered));
        journal.observed(line, Entry.Purpose.VERDICT, observations);
        var oracle = new Oracle(cluster.state(), cluster.addresses());
        var cells = new ArrayList<Cell>();
        int from = 0;
        for (var question : questions) {
            int to = from + dials(question).size();
            cells.add(cell(question, observations.subList(from, to), oracle));
            from = to;
        }
        return new Round(cells, asked.took);
    }

    private Cell cell(Question question, List<Observation> asked, Oracle oracle) {
        var own = asked.stream().filter(o -> o.probe().equals(question.probe())).toList();
        var control = controls.of(question.probe(), own);
        var reasons = reasons(question.probe(), oracle);
        boolean eitherWay = cluster.capabilities().foreign() && reasons.expectation() instanceof Expectation.Unspecified;
        return new Cell(question, asked, control, Judge.judge(question, asked, control), reasons, eitherWay,
            translatedFrom(question.probe(), own));
    }

    /// A host is known to applications by its name, so a dial of it asks for its name as well; everything else has an address of its
    /// own in the cluster.
    private List<Probe> dials(Question question) {
        var probe = question.probe();
        if (!(probe instanceof Probe.Reach(var flow, _))) return List.of(probe);
        return switch (flow.destination()) {
            case Endpoint.Service(var name) -> often(probe, ServiceEndpoints.of(cluster.state(), name, flow.port()).size());
            case Endpoint.LoadBalancer(var name) -> often(probe, ServiceEndpoints.of(cluster.state(), name, flow.port()).size());
            case Endpoint.Node _ -> often(probe, ServiceEndpoints.ofNodePort(cluster.state(), flow.port()).size());
            case Endpoint.Host(var name) when question.by() == Question.By.NAME && !literal(name) && cluster.capabilities().knowsHosts()
                && flow.source() instanceof Endpoint.Pod ->
                List.of(probe, new Probe.Resolve(flow.source(), name, Probe.Transport.EITHER, flow.family()));
            case Endpoint.Host _, Endpoint.Pod _, Endpoint.KubernetesApi _ -> List.of(probe);
        };
    }

    private List<Probe> often(Probe probe, int backends) {
        int each = cluster.capabilities().foreign() ? DIALS_BY_CHANCE : DIALS_PER_BACKEND;
        return Collections.nCopies(backends <= 1 ? 1 : Math.min(MOST_DIALS, backends * each), probe);
    }

    private static boolean literal(String host) {
        return host.contains(":") || host.matches("[0-9.]+");
    }

    /// The pod's own address, where the pod that it reached saw another one.
    private @Nullable String translatedFrom(Probe probe, List<Observation> own) {
        if (!(probe instanceof Probe.Reach(var flow, _)) || !(flow.source() instanceof Endpoint.Pod)
            || !(flow.destination() instanceof Endpoint.Pod))
            return null;
        var addresses = cluster.addresses().of(flow.source()).stream().map(InetAddress::getHostAddress).toList();
        if (addresses.isEmpty()) return null;
        boolean translated = own.stream().anyMatch(o -> o.outcome() instanceof Outcome.Connected(_, _, var source) && !source.isEmpty()
            && !addresses.contains(source));
        return translated ? addresses.getFirst() : null;
    }

    /// What the policies say of a probe. A name is asked of the cluster's DNS, whose flow decides; an unasked datagram has no rule of its
    /// own, so what they say of its flow is shown and proves nothing.
    private Explanation reasons(Probe probe, Oracle oracle) {
        var reasons = switch (probe) {
            case Probe.Reach(var flow, _) -> oracle.explain(flow);
            case Probe.Unasked(var flow) -> oracle.explain(flow);
            case Probe.Ping(var source, var destination, var family) -> oracle.explainPing(source, destination, family);
            case Probe.Resolve(var source, _, var transport, _) -> oracle.explain(new Flow(source, DnsCache.asked(cluster.state()),
                new Port(transport == Probe.Transport.TCP ? Protocol.TCP : Protocol.UDP, DNS_PORT),
                cluster.capabilities().families().getFirst()));
        };
        return reasons.brief();
    }
}
