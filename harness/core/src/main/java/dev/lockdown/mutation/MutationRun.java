package dev.lockdown.mutation;

import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.journal.Entry;
import dev.lockdown.spec.Ending;
import dev.lockdown.spec.Session;
import dev.lockdown.spec.Specification;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs, for each change of each policy, the scenarios that apply the policy, until one of them turns red.
///
/// ```java
/// var applied = new AppliedPolicies();                       // given to the session of a run that was green
/// var results = new MutationRun(applied, backend, clock, 2).run(System.err::println);
/// ```
public final class MutationRun {
    private final AppliedPolicies applied;
    private final Backend backend;
    private final InstantSource clock;
    private final int threads;
    private volatile boolean stopped;

    public MutationRun(AppliedPolicies applied, Backend backend, InstantSource clock, int threads) {
        this.applied = applied;
        this.backend = backend;
        this.clock = clock;
        this.threads = threads;
    }

    /// Have the run end soon. May be called by any thread.
    public void stop() {
        stopped = true;
    }

    /// @param told takes the result of each mutant as soon as it is known
    /// @throws EnvironmentException if this machine cannot go on
    public MutationResults run(Consumer<MutationResults.Result> told) {
        var policies = applied.policies();
        var results = new ArrayList<MutationResults.Result>();
        for (var mutant : policies.stream().flatMap(p -> p.mutants().stream()).toList()) {
            if (stopped) break;
            var result = result(mutant);
            results.add(result);
            told.accept(result);
        }
        return new MutationResults(policies.size(), results);
    }

    private MutationResults.Result result(Mutant mutant) {
        var scenarios = List.copyOf(mutant.found().scenarios());
        var red = new AtomicReference<@Nullable String>();
        var session = new Session(backend, entry -> remember(entry, red), clock, () -> stopped || red.get() != null, mutant);
        var endings = Specification.select(scenarios, threads, List.of()).run(session, 1);
        if (endings.contains(Ending.ENVIRONMENT))
            throw new EnvironmentException("no cluster any more while %s: %s was tried".formatted(mutant.at(), mutant.words()), null);
        if (endings.contains(Ending.DEFECT))
            throw new IllegalStateException("a defect showed while %s: %s was tried".formatted(mutant.at(), mutant.words()));
        return new MutationResults.Result(mutant.at().file(), mutant.at().line(), mutant.words(), scenarios, red.get());
    }

    private static void remember(Entry entry, AtomicReference<@Nullable String> red) {
        if (entry instanceof Entry.ScenarioFinished f && f.status() != Entry.Status.PASSED && f.status() != Entry.Status.SKIPPED)
            red.compareAndSet(null, f.scenario());
    }
}
