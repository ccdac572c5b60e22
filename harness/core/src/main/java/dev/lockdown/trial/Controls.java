package dev.lockdown.trial;

import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.ServiceEndpoints.ServiceEndpoint;
import dev.lockdown.cluster.ServiceEndpoints;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.verdict.Control;
import dev.lockdown.verdict.Control.Grade;
import dev.lockdown.verdict.Lack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Looks for the control of probes that were not answered: is either end dead, and would the way have been open?
///
/// A pod's own node always gets in, whatever the policies, so it tells a dead pod from an isolated one; the bystander, which no
/// policy isolates, tells whether a Service, a host, a name or the API answers at all. A data plane that names its drops does not stand in
/// for them: it drops what would have reached nobody as well.
final class Controls {
    private static final Dialling BRIEF = new Dialling(Duration.ofMillis(500), 0);

    private final Cluster cluster;
    private final Baseline baseline;
    private final Map<Probe, Observation> seen = new LinkedHashMap<>();

    Controls(Cluster cluster, Baseline baseline) {
        this.cluster = cluster;
        this.baseline = baseline;
    }

    /// Ask all control probes of these probes in one go, before [#of].
    ///
    /// @return what was asked now, and not before
    List<Observation> prepare(List<Probe> unanswered) {
        var wanted =
            unanswered.stream().flatMap(p -> checks(p).stream()).flatMap(c -> c.anyOf().stream()).distinct()
                .filter(p -> !seen.containsKey(p)).toList();
        if (wanted.isEmpty()) return List.of();
        var observations = cluster.observe(wanted, BRIEF);
        observations.forEach(o -> seen.put(o.probe(), o));
        return observations;
    }

    /// How long the slowest control of a probe took.
    Duration slowest(Probe probe) {
        return checks(probe).stream().flatMap(c -> c.anyOf().stream()).map(seen::get).filter(Objects::nonNull)
            .map(o -> Baseline.roundTrip(o.outcome())).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    /// Say what is known about a probe apart from the policies.
    ///
    /// @param observations of the probe, in this round
    Control of(Probe probe, List<Observation> observations) {
        var silent = observations.stream().filter(o -> o.outcome().isSilent()).toList();
        if (silent.isEmpty()) return new Control.NotNeeded();
        var checks = checks(probe);
        boolean named = silent.stream().noneMatch(o -> o.drops().isEmpty());
        // What was dropped is no control of itself: a node that is kept from its own pod.
        if (named) checks.removeIf(c -> c.anyOf().contains(probe));
        for (var check : checks)
            if (check.anyOf().stream().noneMatch(this::opened)) return new Control.Missing(check.otherwise());
        if (named) return new Control.Proven(Grade.DATA_PLANE);
        if (cluster.capabilities().namesDrops()) return new Control.Missing(new Lack.NoRuleNamed());
        if (baseline.open(probe)) return new Control.Proven(Grade.BASELINE);
        var before = baseline.outcome(probe);
        if (before != null) return new Control.Missing(new Lack.ShutInBaseline(before));
        return checks.isEmpty() ? new Control.Missing(new Lack.NothingToCompare()) : new Control.Proven(Grade.EXEMPT_TWIN);
    }

    private boolean opened(Probe control) {
        var observation = seen.get(control);
        return observation != null && Baseline.opened(observation.outcome());
    }

    /// @param anyOf of which one must be answered
    /// @param otherwise what it means when none is
    private record Check(List<Probe> anyOf, Lack otherwise) {
        Check(Probe probe, Lack otherwise) {
            this(List.of(probe), otherwise);
        }
    }

    private List<Check> checks(Probe probe) {
        var checks = new ArrayList<Check>();
        aliveSource(probe, checks);
        switch (probe) {
            case Probe.Reach(var flow, _) -> answeringDestination(flow, checks);
            case Probe.Unasked(var flow) -> alive(flow.destination(), flow.family(), checks);
            case Probe.Ping(_, Endpoint.Pod destination, var family) -> alive(destination, family, checks);
            case Probe.Ping(_, var destination, var family) -> checks.add(
                new Check(new Probe.Ping(Canary.bystander(), destination, family), new Lack.NoEchoForBystander(destination)));
            case Probe.Resolve resolve -> checks.add(new Check(BystanderNames.asked(resolve), new Lack.NoNameForBystander(resolve.name())));
        }
        return checks;
    }

    private void aliveSource(Probe probe, List<Check> checks) {
        alive(probe.source(), probe.family(), checks);
    }

    private void alive(Endpoint end, Family family, List<Check> checks) {
        if (!(end instanceof Endpoint.Pod(var name))) return;
        var pod = cluster.state().pods().get(name);
        if (pod == null || pod.hostNetwork() || pod.ports().stream().noneMatch(p -> p.port().equals(LivenessPort.PORT))) return;
        checks.add(new Check(fromOwnNode(name, LivenessPort.PORT, family), new Lack.PodDown(name)));
    }

    private void answeringDestination(Flow flow, List<Check> checks) {
        var port = flow.port();
        switch (flow.destination()) {
            case Endpoint.Pod(var name) -> {
                var pod = cluster.state().pods().get(name);
                if (pod == null || pod.hostNetwork()) return;
                checks.add(new Check(fromOwnNode(name, port, flow.family()), new Lack.NoListener(name, port)));
            }
            case Endpoint.Service(var name) -> serviceAnswers(flow, name, checks);
            case Endpoint.LoadBalancer(var name) -> serviceAnswers(flow, name, checks);
            case Endpoint.Node(var node) -> {
                var endpoints = ServiceEndpoints.ofNodePort(cluster.state(), port);
                if (endpoints.isEmpty()) endpoints = ServiceEndpoints.ofHostPort(cluster.state(), node, port);
                if (endpoints.isEmpty()) checks.add(twin(flow));
                else answeringEndpoints(endpoints, flow.family(), checks);
            }
            case Endpoint.Host _, Endpoint.KubernetesApi _ -> checks.add(twin(flow));
        }
    }

    private void serviceAnswers(Flow flow, NamespacedName name, List<Check> checks) {
        var service = cluster.state().services().get(name);
        if (flow.destination().equals(DeclaredFlows.DNS) || service != null && (service.isAlias() || !service.endpoints().isEmpty())) {
            checks.add(twin(flow));
            return;
        }
        var endpoints = ServiceEndpoints.of(cluster.state(), name, flow.port());
        if (endpoints.isEmpty()) checks.add(new Check(twin(flow).anyOf(), new Lack.NoEndpoints(name)));
        answeringEndpoints(endpoints, flow.family(), checks);
    }

    private void answeringEndpoints(List<ServiceEndpoint> endpoints, Family family, List<Check> checks) {
        for (var endpoint : endpoints)
            checks.add(new Check(fromOwnNode(endpoint.pod().name(), endpoint.port(), family),
                new Lack.NoListener(endpoint.pod().name(), endpoint.port())));
    }

    private static Check twin(Flow flow) {
        var twin = new Flow(Canary.bystander(), flow.destination(), flow.port(), flow.family());
        return new Check(Probe.Reach.of(twin), new Lack.NoAnswerForBystander(flow.destination(), flow.port()));
    }

    private Probe fromOwnNode(NamespacedName name, Port port, Family family) {
        var pod = cluster.state().pods().get(name);
        var node = pod == null || pod.node().isEmpty() ? cluster.capabilities().nodes().getFirst() : pod.node();
        return Probe.Reach.of(new Flow(new Endpoint.Node(node), new Endpoint.Pod(name), port, family));
    }

}
