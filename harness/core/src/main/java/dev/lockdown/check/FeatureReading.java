package dev.lockdown.check;

import dev.lockdown.spec.GlueSteps;
import dev.lockdown.state.Counted;
import io.cucumber.gherkin.GherkinParser;
import io.cucumber.messages.types.Envelope;
import io.cucumber.messages.types.GherkinDocument;
import io.cucumber.messages.types.ParseError;
import io.cucumber.messages.types.Pickle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one feature and goes on behind what Gherkin does not understand: a line is told, and then read as if it were mended or not there,
/// so that everything else in the file keeps its line.
public final class FeatureReading {
    private static final int MOST = 200;
    private static final Pattern PLACE = Pattern.compile("\\((\\d+):(\\d+)\\): (.*)", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("\\s*\\|.*");
    private static final List<String> WORDS = List.of("Feature:", "Rule:", "Background:", "Scenario:", "Scenario Outline:", "Examples:");

    private final FeatureLines original;
    private final List<Mistake> mistakes = new ArrayList<>();
    private final Set<Integer> wrong = new HashSet<>();
    private FeatureLines lines;
    private int ids;

    FeatureReading(FeatureLines lines) {
        this.original = lines;
        this.lines = lines;
    }

    List<Mistake> mistakes() {
        return mistakes;
    }

    /// The feature; nothing if hardly anything in it can be understood.
    Optional<FeatureTree> read(GlueSteps glue) {
        var slips = new KeywordSlips(original, glue);
        slips.tell((line, mended, mistake) -> {
            mistakes.add(mistake);
            lines = lines.with(line, mended);
        });
        while (mistakes.size() < MOST) {
            var envelopes = parse();
            var errors = envelopes.stream().flatMap(e -> e.getParseError().stream()).toList();
            if (errors.isEmpty()) return tree(envelopes);
            boolean mended = false;
            for (var error : errors) mended |= mend(error);
            if (!mended) return Optional.empty();
        }
        return Optional.empty();
    }

    private List<Envelope> parse() {
        return GherkinParser.builder().includeSource(false).idGenerator(() -> String.valueOf(ids++)).build()
            .parse(original.file(), lines.text().getBytes(StandardCharsets.UTF_8)).toList();
    }

    private Optional<FeatureTree> tree(List<Envelope> envelopes) {
        var document = envelopes.stream().flatMap(e -> e.getGherkinDocument().stream()).findFirst();
        List<Pickle> pickles = envelopes.stream().flatMap(e -> e.getPickle().stream()).toList();
        return document.map((GherkinDocument d) -> new FeatureTree(original, d, pickles, wrong));
    }

    /// @return whether the text is another now
    private boolean mend(ParseError error) {
        var place = PLACE.matcher(error.getMessage());
        if (!place.matches()) return false;
        int line = Integer.parseInt(place.group(1));
        var said = place.group(3);
        if (line < 1 || line > lines.lines().size()) {
            if (wrong.isEmpty())
                mistakes.add(Mistake.wholeFile(Mistake.Grade.WRONG, original.file(), "ends too early: " + said, List.of()));
            return false;
        }
        boolean first = wrong.add(line);
        if (said.startsWith("inconsistent cell count")) {
            int header = header(line);
            if (first) mistakes.add(cells(line, header));
            lines = lines.with(line, row(line, lines.cells(header).size()));
            return true;
        }
        if (first) mistakes.add(unexpected(line, said));
        if (lines.line(line).isBlank() || lines.line(line).strip().startsWith("#")) return false;
        lines = lines.with(line, "#");
        return true;
    }

    private int header(int line) {
        int header = line;
        for (int l = line - 1; l > 0; l--) {
            var text = lines.line(l);
            if (ROW.matcher(text).matches()) header = l;
            else if (!text.isBlank() && !text.strip().startsWith("#")) break;
        }
        return header;
    }

    private Mistake cells(int line, int header) {
        int found = original.cells(line).size();
        int wanted = lines.cells(header).size();
        return original.wrong(line, original.whole(line),
            "this row has %s, the header %s".formatted(Counted.of(found, "cell"), wanted),
            List.of(found < wanted ? "add what is missing; a cell may be empty: |  |"
                : "remove what is too much, or escape a bar within a cell: \\|"));
    }

    private String row(int line, int wanted) {
        var cells = lines.cells(line);
        var source = lines.line(line);
        var row = new StringBuilder("|");
        for (int c = 0; c < wanted; c++)
            row.append(' ').append(c < cells.size() ? source.substring(cells.get(c).start(), cells.get(c).end()) : "").append(" |");
        return row.toString();
    }

    private Mistake unexpected(int line, String said) {
        var source = original.line(line);
        var near = nearest(source.strip());
        if (near != null)
            return original.wrong(line, original.whole(line), "this line begins with no word of Gherkin", List.of("did you mean: " + near));
        if (source.contains("|") && source.strip().startsWith("|"))
            return original.wrong(line, original.whole(line), "this row belongs to no step",
                List.of("a table stands right below its step"));
        boolean expected = said.startsWith("expected:");
        return original.wrong(line, original.whole(line), expected ? "this line stands where Gherkin does not expect it" : said,
            expected
                ? List.of("the words of Gherkin are Feature, Background, Scenario, Scenario Outline, Examples, Given, When, Then, And, But")
                : List.of());
    }

    private static @Nullable String nearest(String text) {
        for (var word : WORDS)
            if (text.toLowerCase(Locale.ROOT).startsWith(word.toLowerCase(Locale.ROOT)) && !text.startsWith(word))
                return word + text.substring(word.length());
        return null;
    }
}
