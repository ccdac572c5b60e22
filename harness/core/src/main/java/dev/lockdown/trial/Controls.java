package dev.lockdown.trial;

import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.trial.Control.Grade;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Looks for the control of probes that were not answered: is either end dead, and would the way have been open?
///
/// A pod's own node always gets in, whatever the policies, so it tells a dead pod from an isolated one; the bystander, which no
/// policy isolates, tells whether a Service, a host or the API answers at all.
final class Controls {
    private static final Dialling BRIEF = new Dialling(java.time.Duration.ofMillis(500), 0);

    private final Cluster cluster;
    private final Baseline baseline;
    private final Map<Probe, Observation> seen = new LinkedHashMap<>();

    Controls(Cluster cluster, Baseline baseline) {
        this.cluster = cluster;
        this.baseline = baseline;
    }

    /// Ask all control probes of these probes in one go, before [#of].
    void prepare(List<Probe> unanswered) {
        var wanted =
            unanswered.stream().flatMap(p -> checks(p).stream()).map(Check::probe).distinct().filter(p -> !seen.containsKey(p)).toList();
        if (!wanted.isEmpty()) cluster.observe(wanted, BRIEF).forEach(o -> seen.put(o.probe(), o));
    }

    List<Observation> observations() {
        return List.copyOf(seen.values());
    }

    /// Say what is known about a probe apart from the policies.
    ///
    /// @param observations of the probe, in this round
    Control of(Probe probe, List<Observation> observations) {
        var unexplained = observations.stream().filter(o -> silent(o.outcome()) && o.drops().isEmpty()).toList();
        if (unexplained.isEmpty()) return new Control.Proven(Grade.DATA_PLANE);
        for (var check : checks(probe)) {
            var control = seen.get(check.probe());
            if (control == null || !answered(control.outcome())) return new Control.Missing(check.otherwise());
        }
        if (cluster.capabilities().namesDrops()) return new Control.Missing("no rule of the data plane says that it dropped it");
        if (baseline.open(probe)) return new Control.Proven(Grade.BASELINE);
        if (baseline.has(probe)) return new Control.Missing("it was not open before the first policy either: " + baseline.words(probe));
        return checks(probe).isEmpty() ? new Control.Missing("nothing shows that it would work without the policies")
            : new Control.Proven(Grade.EXEMPT_TWIN);
    }

    static boolean silent(Outcome outcome) {
        return switch (outcome) {
            case Outcome.TimedOut _, Outcome.Refused _, Outcome.Unreachable _ -> true;
            case Outcome.Connected _, Outcome.Resolved _, Outcome.Misdirected _, Outcome.Unresolved _, Outcome.ProbeFailed _ -> false;
        };
    }

    private static boolean answered(Outcome outcome) {
        return outcome instanceof Outcome.Connected || outcome instanceof Outcome.Resolved;
    }

    /// @param otherwise what it means when the check fails, to follow "no answer, but"
    private record Check(Probe probe, String otherwise) {}

    private List<Check> checks(Probe probe) {
        var checks = new ArrayList<Check>();
        aliveSource(probe, checks);
        switch (probe) {
            case Probe.Reach(var flow, _) -> answeringDestination(flow, checks);
            case Probe.Unasked(var flow) -> alive(flow.destination(), flow.family(), checks);
            case Probe.Ping(_, Endpoint.Pod destination, var family) -> alive(destination, family, checks);
            case Probe.Ping(_, var destination, var family) -> checks.add(new Check(
                new Probe.Ping(Canary.bystander(), destination, family),
                "%s does not answer an unisolated pod's ICMP either".formatted(destination)));
            case Probe.Resolve(_, var name, var transport, var family) -> checks.add(new Check(
                new Probe.Resolve(Canary.bystander(), name, transport, family),
                "%s does not resolve for an unisolated pod either".formatted(name)));
        }
        return checks;
    }

    private void aliveSource(Probe probe, List<Check> checks) {
        alive(probe.source(), probe.family(), checks);
    }

    private void alive(Endpoint end, Family family, List<Check> checks) {
        if (!(end instanceof Endpoint.Pod(var name))) return;
        var pod = cluster.state().pods().get(name);
        if (pod == null || pod.hostNetwork() || pod.ports().stream().noneMatch(p -> p.port().equals(Presence.PORT))) return;
        checks.add(new Check(fromOwnNode(name, Presence.PORT, family),
            "%s is not reached by its own node either, which no policy prevents: the pod or its link is down".formatted(name)));
    }

    private void answeringDestination(Flow flow, List<Check> checks) {
        var port = flow.port();
        switch (flow.destination()) {
            case Endpoint.Pod(var name) -> {
                var pod = cluster.state().pods().get(name);
                if (pod == null || pod.hostNetwork()) return;
                checks.add(new Check(fromOwnNode(name, port, flow.family()),
                    "nothing answers on %s of %s, not even its own node".formatted(port, name)));
            }
            case Endpoint.Service(var name) -> serviceAnswers(flow, name, checks);
            case Endpoint.Node _ -> {
                var backends = Backends.ofNodePort(cluster.state(), port);
                if (backends.isEmpty()) checks.add(twin(flow));
                else answeringBackends(backends, flow.family(), checks);
            }
            case Endpoint.Host _, Endpoint.KubernetesApi _ -> checks.add(twin(flow));
        }
    }

    private void serviceAnswers(Flow flow, NamespacedName name, List<Check> checks) {
        if (flow.destination().equals(Declared.DNS)) {
            checks.add(twin(flow));
            return;
        }
        var backends = Backends.of(cluster.state(), name, flow.port());
        if (backends.isEmpty()) checks.add(new Check(twin(flow).probe(), "%s has no endpoints".formatted(name)));
        answeringBackends(backends, flow.family(), checks);
    }

    private void answeringBackends(List<Backends.Backend> backends, Family family, List<Check> checks) {
        for (var backend : backends)
            checks.add(new Check(fromOwnNode(backend.pod().name(), backend.port(), family),
                "nothing answers on %s of %s, not even its own node".formatted(backend.port(), backend.pod())));
    }

    private static Check twin(Flow flow) {
        var twin = new Flow(Canary.bystander(), flow.destination(), flow.port(), flow.family());
        return new Check(Probe.Reach.of(twin),
            "%s on %s does not answer an unisolated pod either".formatted(flow.destination(), flow.port()));
    }

    private Probe fromOwnNode(NamespacedName name, Port port, Family family) {
        var pod = cluster.state().pods().get(name);
        var node = pod == null || pod.node().isEmpty() ? cluster.capabilities().nodes().getFirst() : pod.node();
        return Probe.Reach.of(new Flow(new Endpoint.Node(node), new Endpoint.Pod(name), port, family));
    }

}
