package dev.lockdown.trial;

import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import dev.lockdown.journal.Entry;
import dev.lockdown.state.InputException;
import dev.lockdown.state.NearestWord;
import dev.lockdown.state.Service;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Requires of a name that shall be blocked that there is such a name, where all names are given by the scenario: a slip in a name is
/// never resolved, so it would pass for blocked for ever.
final class BystanderNames {
    private static final Dialling BRIEF = new Dialling(Duration.ofMillis(500), 0);
    private static final String SERVICES = ".svc.cluster.local";

    private final Cluster cluster;
    private final Baseline baseline;
    private final ScenarioJournal journal;

    BystanderNames(Cluster cluster, Baseline baseline, ScenarioJournal journal) {
        this.cluster = cluster;
        this.baseline = baseline;
        this.journal = journal;
    }

    /// What the bystander asks to know whether a name is there: the name, and the one that it stands for in the asking pod's namespace.
    static List<Probe> asked(Probe.Resolve resolve) {
        var probes = new ArrayList<Probe>();
        probes.add(byBystander(resolve, resolve.name()));
        if (resolve.source() instanceof Endpoint.Pod(var pod) && !resolve.name().endsWith("."))
            probes.add(byBystander(resolve, resolve.name() + "." + pod.namespace() + SERVICES));
        return probes;
    }

    private static Probe byBystander(Probe.Resolve resolve, String name) {
        return new Probe.Resolve(Canary.bystander(), name, resolve.transport(), resolve.family());
    }

    /// Ask for the names that shall be blocked, once each.
    ///
    /// @throws InputException if the DNS of a cluster that knows all names answers that there is no such name, and never had one
    void require(List<Question> questions, int line) {
        if (!cluster.capabilities().knowsHosts()) return;
        for (var question : questions)
            if (question.wanted() == Wanted.BLOCKED && question.probe() instanceof Probe.Resolve resolve && !baseline.open(resolve))
                require(resolve, line);
    }

    private void require(Probe.Resolve resolve, int line) {
        var observations = cluster.observe(asked(resolve), BRIEF);
        journal.observed(line, Entry.Purpose.CONTROL, observations);
        if (!observations.stream().allMatch(o -> o.outcome() instanceof Outcome.Unresolved unresolved && unresolved.noSuchName())) return;
        var known = known();
        throw new InputException("there is no name %s, so it cannot be blocked%s; there are: %s".formatted(resolve.name(),
            NearestWord.of(resolve.name(), known).map("; did you mean %s?"::formatted).orElse(""), String.join(", ", known)));
    }

    private Set<String> known() {
        var names = new TreeSet<>(cluster.state().hosts().keySet());
        cluster.state().services().values().stream().map(Service::name)
            .forEach(s -> names.add("%s.%s%s".formatted(s.name(), s.namespace(), SERVICES)));
        return names;
    }
}
