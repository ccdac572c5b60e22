package dev.lockdown.run;

import dev.lockdown.spec.Ending;
import java.util.Collection;
import java.util.Comparator;

/// What a command leaves to the shell. Where several apply, the first in the order of declaration wins.
public enum ExitStatus {
    INTERRUPTED(130, "interrupted, after cleaning up"), DEFECT(70,
        "a defect of Lockdown's own; the message names the file to report"), BAD_INPUT(2,
            "the input is wrong or selects nothing"), CANNOT_RUN(3, "this environment cannot run it"), FAILED(1,
                "an expectation failed"), INCONCLUSIVE(4, "inconclusive, or everything was skipped"), OK(0, "as expected");

    private final int code;
    private final String meaning;

    ExitStatus(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }

    /// The one that a whole has whose parts ended so; `OK` where there are no parts.
    public static ExitStatus of(Collection<ExitStatus> parts) {
        return parts.stream().min(Comparator.naturalOrder()).orElse(OK);
    }

    /// What a run has whose scenarios ended so. One that only skipped has proven nothing.
    static ExitStatus ofScenarios(Collection<Ending> endings) {
        if (endings.stream().allMatch(e -> e == Ending.SKIPPED)) return INCONCLUSIVE;
        return of(endings.stream().map(ExitStatus::of).toList());
    }

    /// What one scenario, or a whole command that ended by an exception, adds to it.
    public static ExitStatus of(Ending ending) {
        return switch (ending) {
            case PASSED, SKIPPED -> OK;
            case FAILED -> FAILED;
            case WRONG_INPUT -> BAD_INPUT;
            case ENVIRONMENT -> CANNOT_RUN;
            case INCONCLUSIVE -> INCONCLUSIVE;
            case DEFECT -> DEFECT;
        };
    }
}
