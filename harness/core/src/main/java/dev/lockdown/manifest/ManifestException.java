package dev.lockdown.manifest;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A manifest that cannot be used, said so that its author can mend it: where, what was found, what was expected, what to do.
///
/// The message is complete: `deny.yaml:7:3: unknown field "podSelecter" …`, then the advice on lines of its own. Position,
/// problem and advice can also be had one by one, for a caller that underlines the place.
public final class ManifestException extends RuntimeException {
    private final Position position;
    private final String problem;
    private final String advice;
    private final List<ManifestException> all;

    private ManifestException(Position position, String problem, String advice) {
        super("%s: %s%s".formatted(position, problem, advice.isEmpty() ? "" : "\n" + advice.indent(2).stripTrailing()));
        this.position = position;
        this.problem = problem;
        this.advice = advice;
        this.all = List.of();
    }

    private ManifestException(List<ManifestException> all) {
        super(all.stream().map(Throwable::getMessage).collect(Collectors.joining("\n")), all.getFirst());
        this.position = all.getFirst().position;
        this.problem = all.getFirst().problem;
        this.advice = all.getFirst().advice;
        this.all = List.copyOf(all);
    }

    /// Make one of several, whose message tells each and whose position is that of the first.
    static ManifestException ofAll(List<ManifestException> all) {
        return all.size() == 1 ? all.getFirst() : new ManifestException(all);
    }

    /// Every mistake of the manifest, in the order of the text; itself where there is one.
    public List<ManifestException> all() {
        return all.isEmpty() ? List.of(this) : all;
    }

    static ManifestException at(Position position, String problem, String advice) {
        return new ManifestException(position, problem, advice.strip());
    }

    ManifestException causedBy(@Nullable Throwable cause) {
        if (cause != null) initCause(cause);
        return this;
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
