package dev.lockdown.spec;

import dev.lockdown.trial.ScenarioTrial;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The verdict steps between two changes while they run: each says what it claims, and the last has all of them judged together.
///
/// Cucumber skips what follows a failed step, so none of them fails before the last has run. How each of them ended is kept here, by its
/// line. Several blocks of a scenario follow each other in one object.
final class StepBlock {
    private final Map<Integer, Optional<Throwable>> own = new TreeMap<>();
    private final Map<Integer, Runnable> checks = new LinkedHashMap<>();
    private boolean judged = true;

    /// Whether no step waits for its verdict.
    boolean isJudged() {
        return judged;
    }

    /// Run a step that claims something.
    void claim(int line, Runnable claims) {
        judged = false;
        own.put(line, problem(claims));
    }

    /// Keep a step that finds out by itself whether it holds, until the others are judged.
    void check(int line, Runnable check) {
        judged = false;
        own.put(line, Optional.empty());
        checks.put(line, check);
    }

    /// Judge all that was claimed, then make all checks.
    ///
    /// @throws RuntimeException or AssertionError the worst problem of a step, the others suppressed
    void judge(ScenarioTrial trial) {
        if (judged) return;
        judged = true;
        try {
            trial.judge().forEach((line, error) -> own.put(line, Optional.of(error)));
        } catch (RuntimeException e) {
            // Nothing could be asked, which no step is to blame for and no step can do without.
            own.replaceAll((_, problem) -> problem.or(() -> Optional.of(e)));
        }
        checks.forEach((line, check) -> own.compute(line, (_, before) -> before == null || before.isEmpty() ? problem(check) : before));
        checks.clear();
        throwWorst();
    }

    private void throwWorst() {
        var problems = own.values().stream().flatMap(Optional::stream).distinct().sorted(Comparator.comparing(Ending::ofThrown)).toList();
        if (problems.isEmpty()) return;
        var worst = problems.getFirst();
        problems.stream().skip(1).forEach(worst::addSuppressed);
        if (worst instanceof AssertionError error) throw error;
        throw (RuntimeException) worst;
    }

    private static Optional<Throwable> problem(Runnable step) {
        try {
            step.run();
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of(e);
        }
    }

    /// Whether the step of this line is one whose ending is known here.
    boolean has(int line) {
        return own.containsKey(line);
    }

    /// Whether this is the problem of a step, so that it need not be told a second time.
    boolean isTold(@Nullable Throwable error) {
        return error != null && own.values().stream().anyMatch(o -> o.isPresent() && o.get() == error);
    }

    /// What is the matter with the step of this line, or null if it holds.
    @Nullable Throwable problem(int line) {
        return own.getOrDefault(line, Optional.empty()).orElse(null);
    }
}
