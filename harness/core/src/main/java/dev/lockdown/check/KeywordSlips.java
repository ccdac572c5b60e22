package dev.lockdown.check;

import dev.lockdown.check.FeatureLines.Stretch;
import dev.lockdown.spec.GlueSteps;
import dev.lockdown.state.NearestWord;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Lines that begin with almost a keyword. Gherkin takes some of them for a description, and runs what is left.
///
/// Not every word that looks like one is a slip: a description may begin with `The` or `An`. What follows must look like it too.
public final class KeywordSlips {
    private static final List<String> STEPS = List.of("Given", "When", "Then", "And", "But");
    private static final List<String> BLOCKS = List.of("Feature", "Rule", "Background", "Scenario", "Scenario Outline", "Scenario Template",
        "Example", "Examples", "Scenarios");
    /// Words of which descriptions are made, whatever keyword they resemble.
    private static final Set<String> PROSE =
        Set.of("the", "they", "them", "than", "an", "any", "add", "ad", "as", "at", "bit", "bet", "buy",
            "by", "hand", "end", "ant", "what", "who", "why", "even", "were", "wen", "hen", "ten", "put", "out", "cut", "ands", "giving",
            "gives", "give");
    private static final Pattern FIRST = Pattern.compile("\\s*([\\p{L}]+):?(\\s+)(\\S.*)");
    private static final Pattern BLOCK = Pattern.compile("\\s*([A-Za-z]+(?: [A-Za-z]+)?)\\s*:(.*)");
    private static final Pattern BELONGS =
        Pattern.compile("\\s*(?:(?:Given|When|Then|And|But|Scenario|Background|Rule)\\b.*|\\|.*|@.*|\\* .*)");

    private final FeatureLines lines;
    private final GlueSteps glue;
    private final StepRepair repair;

    KeywordSlips(FeatureLines lines, GlueSteps glue) {
        this.lines = lines;
        this.glue = glue;
        this.repair = new StepRepair(glue);
    }

    /// Takes a slip, and what the line would be without it.
    interface Teller {
        void tell(int line, String mended, Mistake mistake);
    }

    void tell(Teller teller) {
        if (lines.lines().stream().limit(5).anyMatch(l -> l.strip().matches("#\\s*language\\s*:(?!\\s*en\\b).*"))) return;
        var delimiter = "";
        for (int line = 1; line <= lines.lines().size(); line++) {
            var text = lines.line(line).strip();
            if (delimiter.isEmpty() ? text.startsWith("\"\"\"") || text.startsWith("```") : text.startsWith(delimiter)) {
                delimiter = delimiter.isEmpty() ? text.substring(0, 3) : "";
                continue;
            }
            if (!delimiter.isEmpty() || text.isEmpty() || "#@|*".indexOf(text.charAt(0)) >= 0) continue;
            step(line, teller);
            block(line, teller);
        }
    }

    private void step(int line, Teller teller) {
        var slip = slip(line);
        if (slip != null) teller.tell(line, slip.mended, slip.mistake);
    }

    private record Slip(String mended, Mistake mistake) {}

    private @Nullable Slip slip(int line) {
        var source = lines.line(line);
        var matcher = FIRST.matcher(source);
        if (!matcher.matches()) return null;
        var word = matcher.group(1);
        var rest = matcher.group(3).stripTrailing();
        boolean colon = source.charAt(matcher.end(1)) == ':';
        if (STEPS.contains(word) && !colon) return null;
        var near = nearest(word);
        if (near == null || !isMeant(word, near, rest, line)) return null;
        var indent = source.substring(0, matcher.start(1));
        var at = new Stretch(matcher.start(1), matcher.end(1) + (colon ? 1 : 0));
        return new Slip(indent + near + " " + rest,
            lines.wrong(line, at, "\"%s\" is no keyword, so this line is no step".formatted(source.substring(at.start(), at.end())),
                List.of("did you mean: %s %s".formatted(near, rest))));
    }

    private static @Nullable String nearest(String word) {
        var exact = STEPS.stream().filter(s -> s.equalsIgnoreCase(word)).findFirst();
        if (exact.isPresent()) return exact.get();
        return STEPS.stream().filter(s -> isNear(word, s)).findFirst().orElse(null);
    }

    /// Two letters of five may be wrong where the first is right, as in `Gievn` or `Wehn`.
    private static boolean isNear(String word, String keyword) {
        return NearestWord.isNear(word, keyword) || word.equalsIgnoreCase(keyword + "s") || word.equalsIgnoreCase(keyword + "ever");
    }

    private boolean isMeant(String word, String near, String rest, int line) {
        if (glue.match(rest).isPresent() || repair.repaired(rest).isPresent() && rest.contains("\"")) return true;
        boolean tableBelow = lines.line(line + 1).strip().startsWith("|");
        if (tableBelow) return true;
        // Without a step behind it, lower case or a word of prose is a description's.
        return !word.equalsIgnoreCase(near) && Character.isUpperCase(word.charAt(0)) && !PROSE.contains(word.toLowerCase(Locale.ROOT))
            && rest.contains("\"");
    }

    /// A misspelt `Scenario:` leaves its steps to nobody, or to the scenario above.
    private void block(int line, Teller teller) {
        var source = lines.line(line);
        var matcher = BLOCK.matcher(source);
        if (!matcher.matches()) return;
        var word = matcher.group(1);
        if (BLOCKS.contains(word) && source.charAt(matcher.end(1)) == ':') return;
        var near = BLOCKS.contains(word) ? word : NearestWord.of(word, BLOCKS).orElse(null);
        if (near == null || !BELONGS.matcher(lines.line(following(line))).matches() && slip(following(line)) == null) return;
        var indent = source.substring(0, matcher.start(1));
        var mended = near + ":" + matcher.group(2);
        teller.tell(line, indent + mended, lines.wrong(line, new Stretch(matcher.start(1), matcher.end(1)),
            "\"%s\" is no keyword".formatted(word), List.of("did you mean: " + mended.strip())));
    }

    private int following(int line) {
        int next = line + 1;
        while (next <= lines.lines().size() && (lines.line(next).isBlank() || lines.line(next).strip().startsWith("#"))) next++;
        return next;
    }
}
