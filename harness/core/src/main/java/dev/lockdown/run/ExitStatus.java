package dev.lockdown.cli;

import java.util.Collection;
import java.util.Comparator;

/// What a command leaves to the shell. Where several apply, the first in the order of declaration wins.
enum ExitStatus {
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

    int code() {
        return code;
    }

    String meaning() {
        return meaning;
    }

    /// The one that a whole has whose parts ended so; `OK` where there are no parts.
    static ExitStatus of(Collection<ExitStatus> parts) {
        return parts.stream().min(Comparator.naturalOrder()).orElse(OK);
    }
}
