package dev.lockdown.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of `doctor`'s table: what was looked at, and what was found.
///
/// @param required whether the embedded cluster cannot run without it
record Check(String name, boolean required, Finding finding) {

    sealed interface Finding {
        /// It is there.
        record Good(String detail) implements Finding {}

        /// It is not.
        ///
        /// @param remedy the command that mends it, or null where no command can
        record Lacking(String problem, @Nullable String remedy) implements Finding {}
    }

    static Check good(String name, String detail) {
        return new Check(name, true, new Finding.Good(detail));
    }

    static Check lacking(String name, String problem, @Nullable String remedy) {
        return new Check(name, true, new Finding.Lacking(problem, remedy));
    }

    Check optional() {
        return new Check(name, false, finding);
    }

    boolean holds() {
        return switch (finding) {
            case Finding.Good _ -> true;
            case Finding.Lacking _ -> false;
        };
    }

    /// As a line that [#parse] reads; for the checks that are made in a process of their own.
    String line() {
        return switch (finding) {
            case Finding.Good(var detail) -> String.join("\t", "good", String.valueOf(required), name, oneLine(detail));
            case Finding.Lacking(var problem, var remedy) ->
                String.join("\t", "lacking", String.valueOf(required), name, oneLine(problem), remedy == null ? "" : remedy);
        };
    }

    /// @throws IllegalArgumentException if it is no line that [#line] wrote
    static Check parse(String line) {
        var fields = List.of(line.split("\t", -1));
        var kind = fields.getFirst();
        if (kind.equals("good") && fields.size() == 4)
            return new Check(fields.get(2), Boolean.parseBoolean(fields.get(1)), new Finding.Good(fields.get(3)));
        if (kind.equals("lacking") && fields.size() == 5)
            return new Check(fields.get(2), Boolean.parseBoolean(fields.get(1)),
                new Finding.Lacking(fields.get(3), fields.get(4).isEmpty() ? null : fields.get(4)));
        throw new IllegalArgumentException("not a check: " + line);
    }

    private static String oneLine(String text) {
        return text.strip().replace('\n', ' ').replace('\t', ' ');
    }
}
