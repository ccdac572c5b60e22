package dev.lockdown.manifest;

import java.util.List;

/// A manifest that cannot be used, said so that its author can mend it: where, what was found, what was expected, what to do.
///
/// The message is complete: `deny.yaml:7:3: unknown field "podSelecter" …`, then the advice on lines of its own. Position,
/// problem and advice can also be had one by one, for a caller that underlines the place.
public final class ManifestException extends RuntimeException {
    private final Position position;
    private final String problem;
    private final String advice;

    private ManifestException(Position position, String problem, String advice) {
        super("%s: %s%s".formatted(position, problem, advice.isEmpty() ? "" : "\n" + advice.indent(2).stripTrailing()));
        this.position = position;
        this.problem = problem;
        this.advice = advice;
    }

    static ManifestException at(Position position, String problem, String advice) {
        return new ManifestException(position, problem, advice.strip());
    }

    ManifestException causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }

    /// This mistake, and those that were found with it.
    public List<ManifestException> all() {
        return List.of(this);
    }

    public Position position() {
        return position;
    }

    /// What is wrong, in one line, without the position.
    public String problem() {
        return problem;
    }

    /// What to do, in one line or a few; may be empty.
    public String advice() {
        return advice;
    }
}
