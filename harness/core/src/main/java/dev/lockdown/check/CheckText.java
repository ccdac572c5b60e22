package dev.lockdown.check;

import dev.lockdown.check.Mistake;
import dev.lockdown.check.Mistake.Grade;
import dev.lockdown.state.Counted;
import dev.lockdown.state.OutsideText;
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
    /// More take minutes, and memory.
    private static final long MANY_FLOWS = 100_000;
    /// As measured with 1,000 pods on two processors, which had other things to do as well.
    private static final long FLOWS_A_SECOND = 8_000;

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
        if (mistake.line() == 0)
            return String.join("\n  ", withAdvice("%s %s".formatted(harmless(mistake.file()), harmless(mistake.problem())), mistake));
        var lines = new ArrayList<String>();
        lines.add("%s:%s:%s: %s".formatted(harmless(mistake.file()), mistake.line(), mistake.column(), harmless(mistake.problem())));
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
        return OutsideText.inOneLine(text);
    }

    private static boolean isHarmful(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
    }

    /// Scenarios that take long because of how much they ask, a line each.
    public static List<String> large(FeaturesCheck check) {
        return check.scenarios().stream().filter(s -> s.size().flows() > MANY_FLOWS).map(CheckText::large).toList();
    }

    private static String large(FeatureCheck.Scenario scenario) {
        var size = scenario.size();
        var why = size.every().isEmpty() ? "as its steps claim so many; name fewer pods in them"
            : "as line %s speaks of every flow; steps that name pods ask less".formatted(Integer.toString(size.every().getAsInt()));
        return "note: %s asks %s, between %s, in every round (on the embedded cluster some %s), %s, and so do fewer replicas".formatted(
            harmless(scenario.place()), count(size.flows(), "flow"), count(size.pods(), "pod"), time(size.flows()), why);
    }

    private static String time(long flows) {
        long seconds = flows / FLOWS_A_SECOND;
        return seconds < 90 ? "%s s".formatted(Long.toString(seconds)) : "%s min".formatted(Long.toString((seconds + 30) / 60));
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
    public static String count(long number, String thing) {
        return Counted.of(number, thing);
    }
}
