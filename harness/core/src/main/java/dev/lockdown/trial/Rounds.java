package dev.lockdown.trial;

import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import dev.lockdown.policy.Expectation;
import dev.lockdown.policy.Oracle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks questions once, all together, with their controls, and judges the answers.
final class Rounds {
    /// Enough dials of a Service to meet each of its backends, were they chosen in turn, twice.
    private static final int DIALS_PER_BACKEND = 2;
    /// And where they are chosen by chance: one of two is missed once in 32,768 times.
    private static final int DIALS_BY_CHANCE = 8;
    private static final int MOST_DIALS = 24;

    private final Cluster cluster;
    private final Baseline baseline;
    private Controls controls;

    Rounds(Cluster cluster, Baseline baseline) {
        this.cluster = cluster;
        this.baseline = baseline;
        controls = new Controls(cluster, baseline);
    }

    /// @param observations everything that was asked, controls included
    record Round(List<Finding> findings, List<Observation> observations) {
        boolean good() {
            return findings.stream().allMatch(Finding::agrees);
        }
    }

    /// Ask all questions.
    Round ask(List<Question> questions, Dialling how) {
        controls = new Controls(cluster, baseline);
        return round(questions, how);
    }

    /// Ask all of them once more, right after the last time: both ends were alive then, and are not asked again.
    Round askAgain(List<Question> questions, Dialling how) {
        return round(questions, how);
    }

    private Round round(List<Question> questions, Dialling how) {
        var probes = new ArrayList<Probe>();
        for (var question : questions) probes.addAll(dials(question));
        var observations = cluster.observe(probes, how);
        controls.prepare(observations.stream().filter(o -> Controls.silent(o.outcome()) && o.drops().isEmpty()).map(Observation::probe)
            .distinct().toList());
        var oracle = new Oracle(cluster.state(), cluster.addresses());
        var findings = new ArrayList<Finding>();
        int from = 0;
        for (var question : questions) {
            int to = from + dials(question).size();
            findings.add(find(question, observations.subList(from, to), controls, oracle));
            from = to;
        }
        var all = new ArrayList<>(observations);
        all.addAll(controls.observations());
        return new Round(findings, all);
    }

    private Finding find(Question question, List<Observation> asked, Controls controls, Oracle oracle) {
        var own = asked.stream().filter(o -> o.probe().equals(question.probe())).toList();
        var control = controls.of(question.probe(), own);
        var verdict = Judge.judge(own.stream().map(Observation::outcome).toList(), control);
        // A backend that is dead is not one that is blocked.
        if (question.wanted() == Wanted.MIXED && verdict instanceof Verdict.Mixed && control instanceof Control.Missing(var why))
            verdict = new Verdict.Inconclusive("some backends answer, but " + why);
        var evidence = new ArrayList<String>();
        var name = asked.stream().filter(o -> !o.probe().equals(question.probe())).findFirst();
        if (name.isPresent() && verdict instanceof Verdict.Open && !(name.get().outcome() instanceof Outcome.Resolved))
            verdict = new Verdict.Inconclusive(
                "its address answers, but its name does not resolve (%s), so no application gets there: allow DNS too"
                    .formatted(Words.of(name.get().outcome())));
        translated(question.probe(), own, evidence);
        var expectation = expectation(question.probe(), oracle);
        boolean eitherWay = cluster.capabilities().foreign() && expectation instanceof Expectation.Unspecified;
        return new Finding(question, verdict, own, expectation, eitherWay, evidence);
    }

    /// A host is known to applications by its name, so a dial of it asks for its name as well; everything else has an address of its
    /// own in the cluster.
    private List<Probe> dials(Question question) {
        var probe = question.probe();
        if (!(probe instanceof Probe.Reach(var flow, _))) return List.of(probe);
        return switch (flow.destination()) {
            case Endpoint.Service(var name) -> often(probe, Backends.of(cluster.state(), name, flow.port()).size());
            case Endpoint.Node _ -> often(probe, Backends.ofNodePort(cluster.state(), flow.port()).size());
            case Endpoint.Host(var name) when question.by() == Question.By.NAME && !literal(name) && cluster.capabilities().knowsHosts()
                && flow.source() instanceof Endpoint.Pod ->
                List.of(probe, new Probe.Resolve(flow.source(), name, Probe.Transport.EITHER, flow.family()));
            case Endpoint.Host _, Endpoint.Pod _, Endpoint.KubernetesApi _ -> List.of(probe);
        };
    }

    private List<Probe> often(Probe probe, int backends) {
        int each = cluster.capabilities().foreign() ? DIALS_BY_CHANCE : DIALS_PER_BACKEND;
        return java.util.Collections.nCopies(backends <= 1 ? 1 : Math.min(MOST_DIALS, backends * each), probe);
    }

    private static boolean literal(String host) {
        return host.contains(":") || host.matches("[0-9.]+");
    }

    private void translated(Probe probe, List<Observation> own, List<String> evidence) {
        if (!(probe.source() instanceof Endpoint.Pod(var name))) return;
        var addresses = cluster.addresses().of(probe.source()).stream().map(a -> a.getHostAddress()).toList();
        for (var o : own)
            if (o.outcome() instanceof Outcome.Connected(_, _, var source) && !source.isEmpty() && !addresses.isEmpty()
                && !addresses.contains(source)
                && inside(probe))
                evidence.add("source translated: not %s of %s".formatted(addresses.getFirst(), name));
    }

    private static boolean inside(Probe probe) {
        return probe instanceof Probe.Reach(var flow, _) && flow.destination() instanceof Endpoint.Pod;
    }

    private @Nullable Expectation expectation(Probe probe, Oracle oracle) {
        return switch (probe) {
            case Probe.Reach(var flow, _) -> oracle.expect(flow);
            case Probe.Unasked(var flow) -> oracle.expect(flow);
            case Probe.Ping(var source, var destination, var family) -> oracle.expectPing(source, destination, family);
            case Probe.Resolve(var source, _, var transport, var family) -> oracle.expect(
                new Flow(source, Declared.DNS, new dev.lockdown.flow.Port(transport == Probe.Transport.TCP ? dev.lockdown.flow.Protocol.TCP
                    : dev.lockdown.flow.Protocol.UDP, 53), cluster.capabilities().families().getFirst()));
        };
    }
}
