package dev.lockdown.spec;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.JournalException;
import dev.lockdown.manifest.ForeignPolicyException;
import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.state.InputException;
import dev.lockdown.trial.FateError;
import dev.lockdown.trial.TimeError;
import dev.lockdown.trial.UntrustedClusterException;
import dev.lockdown.trial.VerdictError;
import io.cucumber.plugin.event.Status;
import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/// How a step or a scenario ended, and so what the run's exit status must say; the worst first.
public enum Ending {
    /// A defect of the harness's own.
    DEFECT(Entry.Status.BROKEN),
    /// What somebody wrote cannot be used.
    WRONG_INPUT(Entry.Status.BROKEN),
    /// This machine cannot run it.
    ENVIRONMENT(Entry.Status.BROKEN),
    /// An expectation does not hold.
    FAILED(Entry.Status.FAILED), INCONCLUSIVE(Entry.Status.INCONCLUSIVE), SKIPPED(Entry.Status.SKIPPED), PASSED(Entry.Status.PASSED);

    private static final int FRAMES = 12;

    private final Entry.Status status;

    Ending(Entry.Status status) {
        this.status = status;
    }

    Entry.Status status() {
        return status;
    }

    static Ending of(Status status, @Nullable Throwable error) {
        return switch (status) {
            case PASSED -> PASSED;
            case SKIPPED, PENDING, UNUSED -> SKIPPED;
            case UNDEFINED, AMBIGUOUS -> WRONG_INPUT;
            case FAILED -> of(error);
        };
    }

    /// The ending of a step by what it threw, as Cucumber would have taken it.
    static Ending ofThrown(@Nullable Throwable error) {
        return switch (error) {
            case null -> PASSED;
            case TestAbortedException _ -> SKIPPED;
            case Throwable e -> of(e);
        };
    }

    private static Ending of(@Nullable Throwable error) {
        return switch (error) {
            case VerdictError e -> e.inconclusive() ? INCONCLUSIVE : FAILED;
            case FateError e -> e.inconclusive() ? INCONCLUSIVE : FAILED;
            case TimeError e -> e.inconclusive() ? INCONCLUSIVE : FAILED;
            case AssertionError _ -> FAILED;
            // Cucumber wraps what a parameter type throws.
            case Throwable e when e.getCause() instanceof InputException -> WRONG_INPUT;
            case Throwable e -> ofFailure(e);
            case null -> DEFECT;
        };
    }

    /// What it means that something other than an expectation ended a step, a scenario or a whole command.
    public static Ending ofFailure(Throwable failure) {
        return switch (failure) {
            case InputException _, ManifestException _, InvalidPathException _ -> WRONG_INPUT;
            case JournalException e when e.isWrongFile() -> WRONG_INPUT;
            case EnvironmentException _, UnsupportedException _, JournalException _ -> ENVIRONMENT;
            case UntrustedClusterException _, ClusterException _, ForeignPolicyException _ -> INCONCLUSIVE;
            default -> Shortage.of(failure).isPresent() ? ENVIRONMENT : DEFECT;
        };
    }

    /// The worse of two. What was skipped behind a failure says nothing of its own.
    Ending worse(Ending other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /// What to tell people of it: what the machine ran out of, else the exception's own message.
    public static String words(Throwable failure) {
        if (failure instanceof InvalidPathException path)
            return "there can be no file called %s here: %s; a name that is not ASCII needs a locale such as LC_ALL=C.UTF-8"
                .formatted(path.getInput(), path.getReason());
        return ofFailure(failure) == ENVIRONMENT ? Shortage.of(failure).orElse(String.valueOf(failure.getMessage()))
            : String.valueOf(failure.getMessage());
    }

    /// The message for people: what the exception says, and for a defect its type as well.
    static @Nullable String problem(Ending ending, @Nullable Throwable error) {
        if (error == null) return null;
        var told = error.getCause() instanceof InputException cause ? cause : error;
        var message = told.getMessage() == null ? "" : told.getMessage();
        if (ending == ENVIRONMENT) return words(told);
        return ending == DEFECT ? "%s: %s\n%s".formatted(told.getClass().getName(), message, trace(told)) : message;
    }

    /// The part of a stack trace that leads to our own code.
    private static String trace(Throwable error) {
        return Arrays.stream(error.getStackTrace()).limit(FRAMES).map(f -> "    at " + f).collect(Collectors.joining("\n"));
    }
}
