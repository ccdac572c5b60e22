package dev.lockdown.state;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a person wrote cannot be used: what was found, what was expected, what to do. Exit status 2.
///
/// It may know which words or which cell of a table it is about, for whoever shows the place; and it may stand for several mistakes, which
/// are told together.
public final class InputException extends RuntimeException {
    private final @Nullable String about;
    private final @Nullable String missing;
    private final @Nullable Cell cell;
    private final List<InputException> parts;

    public InputException(String message) {
        this(message, null, null, null, List.of());
    }

    private InputException(String message, @Nullable String about, @Nullable String missing, @Nullable Cell cell,
            List<InputException> parts) {
        super(message);
        this.about = about;
        this.missing = missing;
        this.cell = cell;
        this.parts = parts;
    }

    /// A cell of the table that was read.
    ///
    /// @param row counted from 0, the header
    /// @param column counted from 0; negative where the row as a whole is meant
    public record Cell(int row, int column) {}

    /// @param words as they were written, such as the name that nobody has
    public static InputException about(String words, String message) {
        return new InputException(message, words, null, null, List.of());
    }

    /// Something of a name that is not there.
    ///
    /// @param kind of what it would be, such as `pod`
    /// @param words its name as it was written
    public static InputException missing(String kind, String words, String message) {
        return new InputException(message, words, kind, null, List.of());
    }

    /// Several mistakes as one.
    ///
    /// @param mistakes at least one
    public static InputException all(List<InputException> mistakes) {
        if (mistakes.size() == 1) return mistakes.getFirst();
        return new InputException(mistakes.stream().map(InputException::getMessage).distinct().collect(Collectors.joining("\n")), null,
            null, null,
            List.copyOf(mistakes));
    }

    /// The same mistake, known to stand in a cell. One whose cell is known keeps it.
    public InputException in(Cell where) {
        if (cell != null || !parts.isEmpty()) return this;
        var placed = new InputException(String.valueOf(getMessage()), about, missing, where, List.of());
        placed.setStackTrace(getStackTrace());
        return placed;
    }

    /// The words that it is about.
    public Optional<String> about() {
        return Optional.ofNullable(about);
    }

    /// The kind of what is not there, if that is the mistake.
    public Optional<String> missing() {
        return Optional.ofNullable(missing);
    }

    public Optional<Cell> cell() {
        return Optional.ofNullable(cell);
    }

    /// The mistakes that it stands for, which may be itself alone.
    public List<InputException> mistakes() {
        return parts.isEmpty() ? List.of(this) : parts;
    }
}
