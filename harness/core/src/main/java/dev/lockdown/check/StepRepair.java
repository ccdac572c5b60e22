package dev.lockdown.check;

import dev.lockdown.check.FeatureLines.Stretch;
import dev.lockdown.spec.GlueSteps.Below;
import dev.lockdown.spec.GlueSteps.Definition;
import dev.lockdown.check.SentenceTokens.Kind;
import dev.lockdown.check.SentenceTokens.Token;
import dev.lockdown.spec.GlueSteps;
import dev.lockdown.state.NearestWord;
import io.cucumber.messages.types.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;

/// Says what is wrong with a sentence that is no step, and the sentence repaired in its own words: every name that it has is kept, and what
/// it denies is still denied.
public final class StepRepair {
    private static final double HARDLY = 1000;
    private static final double PER_TOKEN = 0.75;
    private static final Set<String> FILLERS =
        Set.of("the", "a", "an", "to", "be", "able", "that", "pod", "pods", "namespace", "from", "port",
            "at", "via", "now", "also", "all", "any", "traffic", "is", "are", "of", "its", "with", "has");
    private static final Pattern NEGATION = Pattern.compile("(?i)\\b(?:not|no|never|cannot|unable)\\b|n't\\b");
    private static final Pattern TEMPLATE = Pattern.compile("\\{[a-z]+}|[^\\s{}]+");

    private final GlueSteps glue;

    StepRepair(GlueSteps glue) {
        this.glue = glue;
    }

    /// A sentence that is a step.
    private record Repaired(String text, double cost, List<Edit> edits) {}

    /// What was not as it should be.
    private record Edit(int start, int end, String reason) {}

    /// Tell that a step's text fits no definition.
    Mistake tell(FeatureTree tree, Step written, String text) {
        int line = FeatureTree.line(written.getLocation());
        var lines = tree.lines();
        int from = lines.line(line).indexOf(written.getKeyword().strip()) + written.getKeyword().strip().length();
        var whole = lines.find(line, written.getText(), Math.max(0, from));
        var below = written.getDataTable().isPresent() ? Below.TABLE : written.getDocString().isPresent() ? Below.TEXT : Below.NOTHING;
        var repaired = of(text, below);
        if (repaired.isEmpty())
            return lines.wrong(line, whole, "no step says this",
                List.of("the nearest step: " + nearest(text), "all steps: ./lockdown steps"));
        var first = repaired.get().edits.stream().findFirst();
        var where = first.filter(_ -> written.getText().equals(text))
            .map(e -> new Stretch(whole.start() + e.start, whole.start() + e.end)).orElse(whole);
        var reasons = String.join("; ", repaired.get().edits.stream().map(Edit::reason).distinct().toList());
        return lines.wrong(line, where, "no step says this" + (reasons.isEmpty() ? "" : ": " + reasons),
            List.of("did you mean: " + repaired.get().text));
    }

    /// Tell that a sentence fits no definition, where there is no feature in which it stands.
    public static String words(String text) {
        var repair = new StepRepair(GlueSteps.load());
        var repaired = repair.of(text, null);
        if (repaired.isEmpty())
            return "no step says: %s\n  the nearest step: %s\n  all steps: ./lockdown steps".formatted(text, repair.nearest(text));
        var reasons = repaired.get().edits.stream().map(e -> "\n  " + e.reason).distinct().collect(Collectors.joining());
        return "no step says: %s%s\n  did you mean: %s".formatted(text, reasons, repaired.get().text);
    }

    /// The step that is nearly said.
    Optional<String> repaired(String text) {
        return of(text, null).map(Repaired::text);
    }

    private Optional<Repaired> of(String text, @Nullable Below below) {
        if (text.length() > 1000) return Optional.empty();
        var tokens = SentenceTokens.of(text);
        Repaired best = null;
        for (var definition : glue.definitions()) {
            double unlike = below == null || below == definition.below() ? 0 : 3;
            var candidate = align(text, tokens, definition, unlike);
            if (candidate != null && (best == null || candidate.cost < best.cost)) best = candidate;
        }
        return Optional.ofNullable(best);
    }

    private @Nullable Repaired align(String text, List<Token> tokens, Definition definition, double unlike) {
        var template = TEMPLATE.matcher(definition.expression().getSource()).results().map(r -> r.group()).toList();
        int n = tokens.size();
        int m = template.size();
        var cost = new double[n + 1][m + 1];
        for (var row : cost) Arrays.fill(row, HARDLY);
        cost[0][0] = 0;
        for (int i = 0; i <= n; i++)
            for (int j = 0; j <= m; j++) {
                if (i < n && j < m) cost[i + 1][j + 1] = Math.min(cost[i + 1][j + 1], cost[i][j] + both(tokens.get(i), template.get(j)));
                if (i < n) cost[i + 1][j] = Math.min(cost[i + 1][j], cost[i][j] + without(tokens.get(i)));
                if (j < m) cost[i][j + 1] = Math.min(cost[i][j + 1], cost[i][j] + besides(template.get(j)));
            }
        double total = cost[n][m] + unlike;
        if (total > Math.max(3.5, n * PER_TOKEN)) return null;
        var repaired = trace(text, tokens, template, cost, total);
        boolean fits = glue.match(repaired.text).filter(match -> match.definition() == definition).isPresent();
        return fits && denies(text) == denies(repaired.text) ? repaired : null;
    }

    private static boolean denies(String text) {
        return NEGATION.matcher(text.replaceAll("\"[^\"]*\"", "")).find();
    }

    private static Repaired trace(String text, List<Token> tokens, List<String> template, double[][] cost, double total) {
        var words = new ArrayList<String>();
        var edits = new ArrayList<Edit>();
        int i = tokens.size();
        int j = template.size();
        while (i > 0 || j > 0) {
            if (i > 0 && j > 0 && same(cost[i][j], cost[i - 1][j - 1] + both(tokens.get(i - 1), template.get(j - 1)))) {
                var token = tokens.get(--i);
                var slot = template.get(--j);
                words.addFirst(isSlot(slot) ? token.text() : slot);
                if (token.reason() != null) edits.addFirst(new Edit(token.start(), token.end(), token.reason()));
                else
                    if (!isSlot(slot) && !token.text().equals(slot))
                        edits.addFirst(new Edit(token.start(), token.end(), "the word is: " + slot));
            } else if (i > 0 && same(cost[i][j], cost[i - 1][j] + without(tokens.get(i - 1)))) {
                var token = tokens.get(--i);
                edits.addFirst(new Edit(token.start(), token.end(), "\"%s\" is too much".formatted(token.text())));
            } else {
                var slot = template.get(--j);
                words.addFirst(filled(slot));
                int start = i < tokens.size() ? tokens.get(i).start() : text.length();
                int end = i < tokens.size() ? tokens.get(i).end() : text.length();
                edits.addFirst(new Edit(start, end, "\"%s\" is missing".formatted(filled(slot))));
            }
        }
        return new Repaired(String.join(" ", words), total, edits);
    }

    private static boolean same(double a, double b) {
        return Math.abs(a - b) < 1e-9;
    }

    private static boolean isSlot(String part) {
        return part.startsWith("{");
    }

    private static double both(Token token, String part) {
        if (!isSlot(part)) {
            if (token.kind() != Kind.WORD) return HARDLY;
            if (token.text().equals(part)) return token.reason() == null ? 0 : 0.5;
            return NearestWord.isNear(token.text(), part) ? 1 : HARDLY;
        }
        boolean fits = switch (part) {
            case "{peer}" -> token.kind() == Kind.PEER || token.kind() == Kind.QUOTED;
            case "{string}" -> token.kind() == Kind.QUOTED;
            case "{policy}" -> token.kind() == Kind.QUOTED || token.kind() == Kind.POLICY;
            case "{ports}" -> token.kind() == Kind.PORTS;
            case "{can}" -> token.kind() == Kind.CAN;
            case "{directions}" -> token.kind() == Kind.DIRECTIONS;
            case "{duration}" -> token.kind() == Kind.DURATION;
            case "{name}" ->
                token.kind() == Kind.QUOTED || token.kind() == Kind.WORD && token.text().matches("[A-Za-z0-9_-]*[.][A-Za-z0-9_.-]+");
            case "{transport}" -> token.kind() == Kind.WORD && token.text().matches("UDP|TCP");
            case "{int}" -> token.kind() == Kind.WORD && token.text().matches("[0-9]+");
            case "{word}" -> token.kind() == Kind.WORD;
            default -> false;
        };
        if (!fits) return HARDLY;
        return token.reason() == null ? 0 : 0.5;
    }

    /// A word that says nothing may be too much; a name, a verb or a word that means something is never lost.
    private static double without(Token token) {
        return token.kind() == Kind.WORD && FILLERS.contains(token.text().toLowerCase(Locale.ROOT)) ? 1 : HARDLY;
    }

    /// A word may be missing; of what is asked for, only that which can be said in general.
    private static double besides(String part) {
        if (!isSlot(part)) return 1.25;
        return part.equals("{ports}") || part.equals("{directions}") ? 2 : HARDLY;
    }

    private static String filled(String part) {
        return switch (part) {
            case "{ports}" -> "every port";
            case "{directions}" -> "ingress and egress";
            default -> part;
        };
    }

    /// The step whose words are nearest, as its pattern: it has nobody's names, and says neither can nor cannot.
    private String nearest(String text) {
        var plain = plain(text);
        return glue.definitions().stream().map(d -> d.expression().getSource())
            .min((a, b) -> Integer.compare(distance(a, plain), distance(b, plain))).orElse("");
    }

    private static int distance(String pattern, String plain) {
        return LevenshteinDistance.getDefaultInstance().apply(pattern.replaceAll("\\{[a-z]+}", "\"\""), plain);
    }

    private static String plain(String text) {
        var plain = text.replaceAll("\"[^\"]*\"", "\"\"");
        return plain.length() > 300 ? plain.substring(0, 300) : plain;
    }
}
