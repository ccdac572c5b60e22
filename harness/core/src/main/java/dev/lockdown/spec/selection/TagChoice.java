package dev.lockdown.spec.selection;

import dev.lockdown.state.InputException;
import dev.lockdown.state.NearestWord;
import io.cucumber.tagexpressions.Expression;
import io.cucumber.tagexpressions.TagExpressionException;
import io.cucumber.tagexpressions.TagExpressionParser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Tags and tag expressions as they are typed; several are joined by or.
///
/// ```java
/// var tags = new TagChoice(List.of("@dns", "@conformance and not @ipv6"));
/// tags.fits(List.of("@dns", "@slow"));
/// ```
public final class TagChoice {
    private static final Pattern TAG = Pattern.compile("@[^\\s()]+");
    private static final int MOST_SHOWN = 8;

    private final List<String> words;
    private final List<Expression> expressions;

    /// @throws InputException if one is no expression
    public TagChoice(List<String> words) {
        this.words = List.copyOf(words);
        this.expressions = words.stream().map(TagChoice::parse).toList();
    }

    /// Whether what is typed is about tags, and not a feature or a folder.
    public static boolean isTag(String word) {
        return word.startsWith("@") || word.startsWith("not @") || word.startsWith("(");
    }

    private static Expression parse(String expression) {
        try {
            return TagExpressionParser.parse(expression);
        } catch (TagExpressionException e) {
            throw new InputException(
                "%s\n  expected a tag such as @dns, or an expression such as \"@dns and not @ipv6\"".formatted(e.getMessage()));
        }
    }

    /// Whether something with these tags is chosen; everything is where no tag is named.
    public boolean fits(List<String> tags) {
        return expressions.isEmpty() || expressions.stream().anyMatch(e -> e.evaluate(tags));
    }

    /// A word that chooses nothing must not hide behind others that do.
    ///
    /// @param tags of everything that there is to choose from
    /// @param places where it comes from, as it was typed
    /// @throws InputException if a word, or all of them, choose nothing
    public void require(Collection<List<String>> tags, List<String> places) {
        if (tags.isEmpty()) throw new InputException("nothing is selected by %s: there is no feature".formatted(String.join(" ", places)));
        for (int i = 0; i < expressions.size(); i++) {
            var expression = expressions.get(i);
            if (tags.stream().noneMatch(expression::evaluate)) throw nothing(words.get(i), tags, places);
        }
    }

    private static InputException nothing(String word, Collection<List<String>> tags, List<String> places) {
        var known = tags.stream().flatMap(List::stream).collect(Collectors.toCollection(TreeSet::new));
        var unknown = TAG.matcher(word).results().map(MatchResult::group).filter(t -> !known.contains(t)).distinct().toList();
        var lines = new ArrayList<String>();
        lines.add("nothing is selected by %s %s".formatted(String.join(" ", places), word));
        for (var tag : unknown)
            lines.add(NearestWord.of(tag, known).map(near -> "  no scenario has the tag %s; did you mean %s?".formatted(tag, near))
                .orElseGet(() -> "  no scenario has the tag %s; there %s".formatted(tag, some(tag, known))));
        if (unknown.isEmpty()) lines.add("  each of its tags is there, but no scenario has what it asks for together");
        return new InputException(String.join("\n", lines));
    }

    /// Those that begin as the tag does come first.
    private static String some(String tag, Set<String> known) {
        if (known.isEmpty()) return "is no scenario with a tag";
        var shown = known.stream().sorted((a, b) -> Integer.compare(common(b, tag), common(a, tag))).limit(MOST_SHOWN).toList();
        int more = known.size() - shown.size();
        return "are " + String.join(", ", shown) + (more > 0 ? " and %s more".formatted(Integer.toString(more)) : "");
    }

    private static int common(String a, String b) {
        int length = 0;
        while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) length++;
        return length;
    }
}
