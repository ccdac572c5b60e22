package dev.lockdown.spec;

import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.CniNames;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.Requirements;
import dev.lockdown.disruption.Schedule;
import dev.lockdown.flow.Protocol;
import dev.lockdown.lint.Lint;
import dev.lockdown.manifest.Resource;
import dev.lockdown.spec.words.NeedTags;
import dev.lockdown.state.Change;
import dev.lockdown.state.InputException;
import dev.lockdown.trial.DryTrial;
import dev.lockdown.trial.OwnWords;
import dev.lockdown.trial.ScenarioJournal;
import dev.lockdown.trial.ScenarioTrial;
import dev.lockdown.trial.Trial;
import io.cucumber.java.After;
import io.cucumber.java.Before;
import io.cucumber.java.PendingException;
import io.cucumber.java.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
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
    private Set<Protocol> protocols = Set.of();
    private Supplier<CniNames> cniNames = () -> CniNames.UNKNOWN;
    private @Nullable Capabilities foreseen;
    private @Nullable ScenarioTrial trial;
    private @Nullable Cluster cluster;
    private Instant began = Instant.EPOCH;
    private @Nullable RandomGenerator chance;
    private @Nullable Duration soak;
    private BooleanSupplier stop = () -> false;

    @Before(order = 0)
    public void readNeeds(Scenario scenario) {
        if (Session.current().enough().getAsBoolean()) throw new PendingException("the run has seen enough");
        readNeeds(scenario.getSourceTagNames());
    }

    void readNeeds(Collection<String> tags) {
        needs = NeedTags.needs(tags);
        if (tags.contains("@soak")) soak(Session.current());
        protocols = NeedTags.protocols(tags);
    }

    /// What goes on may be ended early, also because nothing more can be recorded.
    private void soak(Session session) {
        soak = session.soak();
        stop = () -> session.stop().isStopped() || session.enough().getAsBoolean();
        session.stop().entered(CurrentStep.current().id());
    }

    /// What the tags alone ask of the cluster.
    public Requirements requirements() {
        return new Requirements(needs, protocols, List.of(), Set.of(), List.of(), List.of(), false, false, List.of());
    }

    /// What the scenario asks of the cluster, so far as it was played.
    public Requirements requirements(DryTrial played) {
        return played.requirements(needs, protocols);
    }

    /// The network plugins that can be had by name: known where a scenario is checked, which comes before every run.
    CniNames cniNames() {
        return cniNames.get();
    }

    Cast cast() {
        return cast;
    }

    /// Make changes that a step says.
    ///
    /// @param sources the policies among them that somebody wrote as YAML
    /// @throws InputException if one is about what is Lockdown's own
    void apply(List<Change> changes, Collection<Resource.OfPolicy> sources) {
        OwnWords.refuse(changes);
        trial().apply(changes, sources, CurrentStep.current().line());
    }

    /// Policies of the cast's manifests: applied when the baseline has been taken.
    void policiesOfCast(List<Change> changes, List<Resource.OfPolicy> sources) {
        OwnWords.refuse(changes);
        policies.addAll(changes);
        written.addAll(sources);
    }

    /// The names of the nodes that the scenario's cluster has.
    List<String> nodes() {
        return trial != null ? trial.capabilities().nodes() : IntStream.rangeClosed(1, needs.nodes()).mapToObj(i -> "node-" + i).toList();
    }

    public boolean begun() {
        return trial != null;
    }

    /// The trial, begun if this is the first step that needs it.
    public ScenarioTrial trial() {
        if (trial != null) return trial;
        if (CurrentStep.current().isDry()) return dryTrial();
        var session = Session.current();
        var step = CurrentStep.current();
        began = session.clock().instant();
        var journal = new ScenarioJournal(step.id(), session.journal(), session.clock(), session.progress());
        session.backend().hear(journal.waits());
        Cluster started = SkippingCluster.start(session.backend(), needs);
        cluster = started;
        try {
            requireProtocols(started);
            var foreseen = ScenarioPreview.of(step, requirements(), started.capabilities());
            requirePlace(session.backend(), foreseen.requirements());
            started.expect(foreseen.requirements());
            foreseen.requirements().disruptions().forEach(started::requirePossible);
            chance = session.chance(step.id());
            requireEstablished(started);
            var begun =
                Trial.begin(started, cast.changes(), step.asksBaseline().of(foreseen.flows()), journal);
            trial = begun;
            if (!foreseen.requirements().isDisturbed()) started.foresee(session.upcoming().after(step.id()));
            if (!policies.isEmpty()) begun.apply(policies, written, step.line());
            return begun;
        } catch (RuntimeException e) {
            if (!(e instanceof TestAbortedException) && !(e instanceof InputException)) keepEvidence();
            started.close();
            throw e;
        }
    }

    /// Before any pod is started for it.
    private static void requirePlace(Backend backend, Requirements requirements) {
        backend.provision().refusal(requirements).ifPresent(why -> {
            throw new TestAbortedException(why);
        });
    }

    /// While the policies and pods are still there.
    private void keepEvidence() {
        if (cluster == null || CurrentStep.current().evidence() != null) return;
        var session = Session.current();
        var files = new LinkedHashMap<String, String>();
        cluster.evidence(Duration.between(began, session.clock().instant())).forEach(f -> files.put(f.name(), f.text()));
        if (trial != null) files.putAll(trial.evidence());
        CurrentStep.current().keptIn(session.evidence().keep(CurrentStep.current().id(), files));
    }

    /// What does not fit is told once, by the first step that needs the trial.
    private ScenarioTrial dryTrial() {
        var begun = foreseen == null ? DryTrial.begin(needs, cast.changes()) : DryTrial.begin(foreseen, cast.changes());
        trial = begun;
        if (!policies.isEmpty()) begun.apply(policies, written, 0);
        if (!begun.misfits().isEmpty()) throw InputException.all(begun.misfits());
        return begun;
    }

    /// How long what happens for a time does, which `--for` says in place of a scenario that is tagged `@soak`.
    Duration lasting(Duration written) {
        return Objects.requireNonNullElse(soak, written);
    }

    /// Disrupt the cluster; return when that is over.
    void disrupt(Schedule schedule) {
        // Of what is said step by step nobody knew it before.
        var playing = trial();
        if (CurrentStep.current().isSpoken() && cluster != null) schedule.disruptions().forEach(cluster::requirePossible);
        playing.disrupt(schedule, chance == null ? Session.chance(0, "") : chance, stop, CurrentStep.current().line());
    }

    /// For a scenario that is played on the state of a cluster before it runs there.
    static ScenarioContext dry(Requirements tags, Capabilities capabilities) {
        var context = new ScenarioContext();
        context.needs = tags.needs();
        context.protocols = tags.protocols();
        context.foreseen = capabilities;
        return context;
    }

    /// For a scenario that is only checked.
    ///
    /// @param cniNames the network plugins that can be had by name
    public static ScenarioContext dry(Collection<String> tags, Supplier<CniNames> cniNames) {
        var context = new ScenarioContext();
        context.needs = NeedTags.needs(tags);
        context.protocols = NeedTags.protocols(tags);
        context.cniNames = cniNames;
        return context;
    }

    /// Run a verdict step that claims something. It is judged with the others up to the next change, when the last of them runs.
    void claim(Runnable claims) {
        var trial = trial();
        var step = CurrentStep.current();
        if (step.isDry()) {
            claims.run();
        } else {
            step.block().claim(step.line(), claims);
            if (step.endsBlock()) step.block().judge(trial);
        }
    }

    /// Run a verdict step that finds out by itself whether it holds, when the others up to the next change are judged.
    ///
    /// @param check given the step's line
    void check(IntConsumer check) {
        var trial = trial();
        var step = CurrentStep.current();
        int line = step.line();
        if (step.isDry()) {
            check.accept(line);
        } else {
            step.block().check(line, () -> check.accept(line));
            if (step.endsBlock()) step.block().judge(trial);
        }
    }

    /// What a step claimed before another one could not even be read.
    private void judgeRest(ScenarioTrial closing, boolean failed) {
        boolean sound = false;
        try {
            CurrentStep.current().block().judge(closing);
            sound = !failed;
        } finally {
            if (!sound) keepEvidence();
        }
    }

    /// A scenario about a protocol that the cluster cannot carry is skipped, and says why.
    private void requireProtocols(Cluster cluster) {
        for (var protocol : protocols)
            if (cluster.capabilities().lacking().get(protocol) instanceof String why) throw new TestAbortedException(why);
    }

    /// A scenario that rests on what becomes of established connections is skipped elsewhere, and says why.
    private void requireEstablished(Cluster cluster) {
        var asked = needs.established();
        var there = cluster.established();
        if (asked == null || asked == there) return;
        throw new TestAbortedException(there == null
            ? "%s%s: what this cluster does with established connections is not known".formatted(NeedTags.ESTABLISHED, asked.word())
            : "%s%s: this cluster does otherwise with established connections: %s".formatted(NeedTags.ESTABLISHED, asked.word(),
                there.word()));
    }

    @After(order = 0)
    public void close(Scenario scenario) {
        close(scenario.isFailed());
    }

    /// @param failed whether one of its steps did
    void close(boolean failed) {
        if (trial == null) return;
        try (var closing = trial) {
            judgeRest(closing, failed);
            if (closing.judgedNothing() && !failed)
                throw new TestAbortedException("the API leaves open all that it claims; what was seen is recorded and proves nothing");
            var idle = closing.policiesThatSelectNothing();
            if (!idle.isEmpty() && !failed)
                throw new InputException(Lint.selectsNothingBecause(
                    Objects.requireNonNull(closing.state().policies().get(idle.iterator().next())), closing.state()));
        }
    }
}
