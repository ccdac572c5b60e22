package dev.lockdown.junit;

import dev.lockdown.report.text.FeatureFiles;
import dev.lockdown.spec.StepLines;
import java.lang.StackWalker.StackFrame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Where in the source of a test something is said. Messages quote the line, if the source is found below one of Maven's or Gradle's folders
/// for sources.
///
/// @param file of the test, as short as it can be written where the tests run
/// @param type the outermost class
/// @param source its lines, none where it is not found
record CallSite(String file, Class<?> type, List<String> source) {
    private static final List<String> ROOTS = List.of("src/test/java", "src/it/java", "src/integrationTest/java", "src/main/java");

    static CallSite of(Class<?> test) {
        var outer = test;
        while (outer.getEnclosingClass() != null) outer = outer.getEnclosingClass();
        var path = outer.getName().replace('.', '/') + ".java";
        var file = ROOTS.stream().map(r -> r + "/" + path).filter(f -> Files.isReadable(Path.of(f))).findFirst().orElse(path);
        return new CallSite(file, outer, new FeatureFiles(Path.of("")).lines(file));
    }

    /// Where a method is declared; 1 where that cannot be said.
    int method(String name) {
        var declared = Pattern.compile("^\\s.*\\b%s\\s*\\(.*".formatted(Pattern.quote(name)));
        return IntStream.range(0, source.size()).filter(i -> declared.matcher(source.get(i)).matches()).map(i -> i + 1).findFirst()
            .orElse(1);
    }

    /// The line of the test that is running now.
    int line() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
            .walk(frames -> frames.filter(this::isOfTest).findFirst().map(StackFrame::getLineNumber)).filter(l -> l > 0).orElse(1);
    }

    private boolean isOfTest(StackFrame frame) {
        var declaring = frame.getDeclaringClass();
        while (declaring.getEnclosingClass() != null) declaring = declaring.getEnclosingClass();
        return declaring == type;
    }

    /// Lines of a step that is said now.
    ///
    /// @param rows of its table, from its header
    StepLines step(List<Integer> rows) {
        int line = line();
        return new StepLines(line, rows.isEmpty() ? line : rows.getFirst(), rows, 0);
    }

    /// Lines of a step that is said now, with a text below it. If it stands in the source as it is, mistakes in it are told at their own lines.
    StepLines text(String text) {
        int line = line();
        // Behind the delimiter.
        return place(text, line).map(i -> new StepLines(line, i, List.of(), source.get(i).indexOf(firstLine(text))))
            .orElseGet(() -> new StepLines(line, line, List.of(), 0));
    }

    /// The same with a table, whose cells are underlined then.
    StepLines table(String text) {
        int line = line();
        int rows = (int) text.lines().filter(l -> !l.isBlank()).count();
        return place(text, line).map(i -> new StepLines(line, i + 1, List.of(), 0))
            .orElseGet(() -> step(Collections.nCopies(rows, line)));
    }

    /// The index of the line where a text stands, the nearest one: of a call over several lines the JVM knows one.
    private Optional<Integer> place(String text, int line) {
        var lines = text.lines().toList();
        if (lines.isEmpty() || lines.getFirst().isBlank()) return Optional.empty();
        return IntStream.range(0, source.size()).filter(i -> stands(lines, i)).boxed()
            .min((a, b) -> Integer.compare(Math.abs(a + 1 - line), Math.abs(b + 1 - line)));
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private boolean stands(List<String> lines, int at) {
        if (at + lines.size() > source.size()) return false;
        return IntStream.range(0, lines.size()).allMatch(i -> source.get(at + i).strip().equals(lines.get(i).strip()));
    }
}
