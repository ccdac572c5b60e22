package dev.lockdown.spec;

import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Needs;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Protocol;
import dev.lockdown.manifest.Resource;
import dev.lockdown.state.Change;
import dev.lockdown.state.InputException;
import dev.lockdown.trial.ScenarioJournal;
import dev.lockdown.trial.ScenarioJournal;
import dev.lockdown.trial.Trial;
import io.cucumber.java.After;
import io.cucumber.java.Before;
import io.cucumber.java.PendingException;
import io.cucumber.java.Scenario;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/// What the step objects of one scenario share: its cast, and from the first step that needs it, the trial.
///
/// Made anew by Cucumber for each scenario; public only because Cucumber does not find what is not.
public final class ScenarioContext {
    private final Cast cast = new Cast();
    private final List<Change> policies = new ArrayList<>();
    private final List<Resource.OfPolicy> written = new ArrayList<>();
    private Needs needs = Needs.DEFAULT;
    private boolean sctp;
    private @Nullable Trial trial;

    @Before(order = 0)
    public void readNeeds(Scenario scenario) {
        if (Session.current().enough().getAsBoolean()) throw new PendingException("the run has seen enough");
        needs = needs(scenario.getSourceTagNames());
        sctp = scenario.getSourceTagNames().contains("@needs:sctp");
    }

    static Needs needs(Collection<String> tags) {
        int nodes = tags.stream().map(t -> Pattern.compile("@needs:([0-9]+)-nodes?").matcher(t)).filter(m -> m.matches())
            .mapToInt(m -> Integer.parseInt(m.group(1))).max().orElse(Needs.DEFAULT.nodes());
        if (tags.contains("@dual-stack")) return new Needs(nodes, List.of(Family.IPV4, Family.IPV6));
        return new Needs(nodes, tags.contains("@ipv6") ? List.of(Family.IPV6) : List.of(Family.IPV4));
    }

    Cast cast() {
        return cast;
    }

    /// Policies of the cast's manifests: applied when the baseline has been taken.
    void policiesOfCast(List<Change> changes, List<Resource.OfPolicy> sources) {
        policies.addAll(changes);
        written.addAll(sources);
    }

    /// The names of the nodes that the scenario's cluster has.
    List<String> nodes() {
        return trial != null ? trial.capabilities().nodes() : IntStream.rangeClosed(1, needs.nodes()).mapToObj(i -> "node-" + i).toList();
    }

    boolean begun() {
        return trial != null;
    }

    /// The trial, begun if this is the first step that needs it.
    Trial trial() {
        if (trial != null) return trial;
        var session = Session.current();
        var step = CurrentStep.current();
        Cluster cluster = SkippingCluster.start(session.backend(), needs);
        try {
            requireProtocols(cluster);
            var begun =
                Trial.begin(cluster, cast.changes(), BaselineQuestion.ofAll(step.all()),
                    new ScenarioJournal(step.id(), session.journal(), session.clock()));
            trial = begun;
            if (!policies.isEmpty()) begun.apply(policies, written, step.line());
            return begun;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /// A scenario about a protocol that the cluster cannot carry is skipped, and says why.
    private void requireProtocols(Cluster cluster) {
        if (sctp && !cluster.capabilities().protocols().contains(Protocol.SCTP))
            throw new TestAbortedException("this cluster cannot carry SCTP: the kernel's module is missing (`modprobe sctp`)");
    }

    @After(order = 0)
    public void close(Scenario scenario) {
        if (trial == null) return;
        try (var closing = trial) {
            if (closing.judgedNothing() && !scenario.isFailed())
                throw new TestAbortedException("the API leaves open all that it claims; what was seen is recorded and proves nothing");
            var idle = closing.policiesThatSelectNothing();
            if (!idle.isEmpty() && !scenario.isFailed())
                throw new InputException(
                    "policy %s selects no pod: its podSelector fits none of %s".formatted(idle.iterator().next(), closing.pods()));
        }
    }
}
