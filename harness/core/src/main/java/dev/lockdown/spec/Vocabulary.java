package dev.lockdown.spec;

import dev.lockdown.spec.selection.FeaturePaths;
import io.cucumber.core.gherkin.Pickle;
import io.cucumber.cucumberexpressions.Expression;
import io.cucumber.cucumberexpressions.ExpressionFactory;
import io.cucumber.cucumberexpressions.ParameterTypeRegistry;
import io.cucumber.java.ParameterType;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import io.cucumber.plugin.event.PickleStepTestStep;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/// All steps, read from their definitions.
public final class Vocabulary {
    private static final List<Class<?>> GLUE = List.of(SetupSteps.class, ChangeSteps.class, VerdictSteps.class, TimeSteps.class,
        HeldSteps.class, DisruptionSteps.class, ScheduleSteps.class);
    private static final Map<String, List<BaselineQuestion>> ASKS_BASELINE = asksBaseline();
    private static final Set<String> VERDICTS = verdicts();

    private final List<Word> words;
    private final List<Expression> expressions;

    private Vocabulary(List<Word> words, List<Expression> expressions) {
        this.words = words;
        this.expressions = expressions;
    }

    /// One step.
    ///
    /// @param part `Setup`, `Change` or `Verdict`
    /// @param pattern its Cucumber expression
    /// @param example a step that fits, with its table or text
    public record Word(String part, String keyword, String pattern, String does, String example) {}

    public static Vocabulary load() {
        var factory = new ExpressionFactory(parameterTypes());
        var words = new ArrayList<Word>();
        for (var glue : GLUE)
            Arrays.stream(glue.getDeclaredMethods()).filter(m -> m.isAnnotationPresent(Example.class)).map(m -> word(glue, m))
                .sorted(Comparator.comparing(Word::pattern)).forEach(words::add);
        return new Vocabulary(List.copyOf(words), words.stream().map(w -> factory.createExpression(w.pattern())).toList());
    }

    private static Word word(Class<?> glue, Method method) {
        var example = method.getAnnotation(Example.class);
        var part = glue.getSimpleName().replace("Steps", "");
        if (method.isAnnotationPresent(Given.class))
            return new Word(part, "Given", method.getAnnotation(Given.class).value(), example.does(), example.value().strip());
        if (method.isAnnotationPresent(When.class))
            return new Word(part, "When", method.getAnnotation(When.class).value(), example.does(), example.value().strip());
        return new Word(part, "Then", method.getAnnotation(Then.class).value(), example.does(), example.value().strip());
    }

    private static ParameterTypeRegistry parameterTypes() {
        var registry = new ParameterTypeRegistry(Locale.ENGLISH);
        for (var method : ParameterTypes.class.getDeclaredMethods()) {
            var type = method.getAnnotation(ParameterType.class);
            // Only the shape of a step is looked at here, so the transformer may give back the text.
            if (type != null)
                registry.defineParameterType(new io.cucumber.cucumberexpressions.ParameterType<>(type.name(), type.value(), Object.class,
                    (String[] texts) -> String.valueOf(texts[0]), false, false));
        }
        return registry;
    }

    /// What the step of this pattern compares with the baseline.
    static List<BaselineQuestion> asksBaseline(String pattern) {
        return ASKS_BASELINE.getOrDefault(pattern, List.of());
    }

    private static Map<String, List<BaselineQuestion>> asksBaseline() {
        var declared = new HashMap<String, List<BaselineQuestion>>();
        for (var glue : GLUE)
            for (var method : glue.getDeclaredMethods()) {
                var asks = method.getAnnotation(AsksBaseline.class);
                if (asks != null) declared.put(word(glue, method).pattern(), List.of(asks.value()));
            }
        return declared;
    }

    /// Whether a step, as it was matched, tells what real connections must show.
    static boolean isVerdict(PickleStepTestStep step) {
        // Of a step that nothing defines there is no pattern.
        return VERDICTS.contains(Objects.requireNonNullElse(step.getPattern(), ""));
    }

    private static Set<String> verdicts() {
        return GLUE.stream().flatMap(glue -> Arrays.stream(glue.getDeclaredMethods())).map(m -> m.getAnnotation(Then.class))
            .filter(Objects::nonNull)
            .map(Then::value).collect(Collectors.toUnmodifiableSet());
    }

    public List<Word> words() {
        return words;
    }

    /// The steps of these scenarios that no definition fits, each once, as messages with their place and the nearest step.
    List<String> undefined(List<Pickle> pickles) {
        var problems = new ArrayList<String>();
        for (var pickle : pickles)
            for (var step : pickle.getSteps())
                if (!defined(step.getText()))
                    problems.add("%s:%s: no step says \"%s\"\n  did you mean: %s".formatted(FeaturePaths.of(pickle.getUri()),
                        step.getLine(), step.getText(), nearest(step.getText())));
        return problems.stream().distinct().toList();
    }

    private boolean defined(String text) {
        return expressions.stream().anyMatch(e -> e.getRegexp().matcher(text).matches());
    }

    /// The step whose example is nearest in its words; names in quotes do not count.
    private String nearest(String text) {
        return nearest(text, words.stream().map(w -> w.example().lines().findFirst().orElseThrow()).toList());
    }

    static String nearest(String text, List<String> examples) {
        var plain = plain(text);
        return examples.stream()
            .min(Comparator
                .comparingInt(e -> LevenshteinDistance.getDefaultInstance().apply(plain(e), plain)))
            .orElseThrow();
    }

    private static String plain(String text) {
        return text.replaceAll("\"[^\"]*\"", "\"\"");
    }
}
