package dev.lockdown.manifest.yaml;

import java.util.ArrayList;
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

    private boolean ofKey;
    private @Nullable String meant;
    private List<ManifestException> others = List.of();

    private ManifestException(Position position, String problem, String advice) {
        this.position = position;
        this.problem = problem;
        this.advice = advice;
    }

    /// The message of it, and of those that were found with it.
    @Override
    public String getMessage() {
        var own = "%s: %s%s".formatted(position, problem, advice.isEmpty() ? "" : "\n" + advice.indent(2).stripTrailing());
        return others.isEmpty() ? own
            : own + "\n" + others.stream().map(ManifestException::getMessage).collect(Collectors.joining("\n"));
    }

    public static ManifestException at(Position position, String problem, String advice) {
        return new ManifestException(position, problem, advice.strip());
    }

    public ManifestException causedBy(@Nullable Throwable cause) {
        if (cause != null) initCause(cause);
        return this;
    }

    /// Several mistakes as one; the first stands for them where only one can be shown.
    public static ManifestException ofAll(List<ManifestException> mistakes) {
        var each = mistakes.stream().flatMap(m -> m.all().stream()).distinct().toList();
        var first = each.getFirst();
        first.others = each.subList(1, each.size());
        return first;
    }

    /// This mistake, and those that were found with it.
    public List<ManifestException> all() {
        var all = new ArrayList<ManifestException>();
        all.add(this);
        all.addAll(others);
        return all;
    }

    /// Note the word that was probably meant, and whether a field's name is wrong rather than its value.
    ManifestException meaning(boolean key, @Nullable String word) {
        ofKey = key;
        meant = word;
        return this;
    }

    public boolean isOfKey() {
        return ofKey;
    }

    public @Nullable String meant() {
        return meant;
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
