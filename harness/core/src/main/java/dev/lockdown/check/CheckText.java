package dev.lockdown.check;

import dev.lockdown.check.Mistake;
import dev.lockdown.check.Mistake.Grade;
import dev.lockdown.state.Counted;
import java.util.ArrayList;
import java.util.List;

/// Mistakes for people: each with its line, and a caret under what it is about.
///
/// ```
/// shop.feature:15:44: a port needs its protocol
///   15 |     Then "shop/web" cannot reach "shop/api" on 8080
///      |                                                ^^^^
///   did you mean: "shop/web" cannot reach "shop/api" on TCP/8080
/// ```
public final class CheckText {
    private static final int WIDEST = 140;

    private CheckText() {}

    /// Why nothing is started; an empty text if nothing is wrong.
    public static String refusal(List<Mistake> mistakes) {
        if (mistakes.size() <= 1) return of(mistakes);
        return "%s, and nothing was started\n\n%s".formatted(count(mistakes.size(), "mistake"), of(mistakes));
    }

    /// All mistakes, blank lines between them.
    public static String of(List<Mistake> mistakes) {
        return String.join("\n\n", mistakes.stream().map(CheckText::of).toList());
    }

    /// One mistake, its place first.
    public static String of(Mistake mistake) {
        if (mistake.line() == 0) return String.join("\n  ", withAdvice("%s %s".formatted(mistake.file(), mistake.problem()), mistake));
        var lines = new ArrayList<String>();
        lines.add("%s:%s:%s: %s".formatted(mistake.file(), mistake.line(), mistake.column(), harmless(mistake.problem())));
        if (!mistake.source().isEmpty()) lines.addAll(excerpt(mistake));
        return String.join("\n", withAdvice(String.join("\n", lines), mistake));
    }

    private static List<String> withAdvice(String first, Mistake mistake) {
        var lines = new ArrayList<String>();
        lines.add(first);
        mistake.advice().forEach(a -> lines.add("  " + harmless(a)));
        return lines;
    }

    /// The line as it stands there, or the part of it around the caret.
    private static List<String> excerpt(Mistake mistake) {
        var points = mistake.source().codePoints().map(c -> isHarmful(c) ? ' ' : c).toArray();
        int caret = Math.clamp(mistake.column() - 1L, 0, points.length);
        int from = points.length <= WIDEST ? 0 : Math.clamp(caret - WIDEST / 3L, 0, points.length - WIDEST);
        int to = Math.min(points.length, from + WIDEST);
        int width = Math.clamp(mistake.width(), 1, Math.max(1, to - caret));
        var number = String.valueOf(mistake.line());
        var blank = " ".repeat(number.length());
        return List.of("  %s | %s".formatted(number, new String(points, from, to - from).stripTrailing()),
            "  %s | %s%s".formatted(blank, " ".repeat(columns(points, from, caret)),
                "^".repeat(Math.max(1, columns(points, caret, Math.min(to, caret + width))))));
    }

    /// How wide characters are on a terminal: those of East Asia take two columns.
    private static int columns(int[] points, int from, int to) {
        int columns = 0;
        for (int i = from; i < to; i++) {
            int type = Character.getType(points[i]);
            boolean mark = type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
            columns += mark ? 0 : Character.isIdeographic(points[i]) || points[i] >= 0xAC00 && points[i] <= 0xD7A3 ? 2 : 1;
        }
        return columns;
    }

    /// What comes from outside must not move the cursor or turn the direction of the text.
    private static String harmless(String text) {
        return text.codePoints().map(c -> isHarmful(c) ? '?' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static boolean isHarmful(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
    }

    /// What it all comes to, in one line.
    public static String summary(FeaturesCheck check) {
        int wrong = check.mistakes(Grade.WRONG).size();
        int empty = check.mistakes(Grade.PROVES_NOTHING).size();
        var looked = "%s in %s".formatted(count(check.scenarios().size(), "scenario"), count(check.features().size(), "feature"));
        if (wrong == 0 && empty == 0) return looked + ": no mistakes";
        var found = new ArrayList<String>();
        if (wrong > 0) found.add(count(wrong, "mistake"));
        if (empty > 0) found.add("%s that would prove nothing".formatted(empty));
        return "%s: %s".formatted(looked, String.join(", ", found));
    }

    /// A number of things.
    public static String count(int number, String thing) {
        return Counted.of(number, thing);
    }
}
