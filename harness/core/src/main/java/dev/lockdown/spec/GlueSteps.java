package dev.lockdown.spec;

import dev.lockdown.state.InputException;
import io.cucumber.cucumberexpressions.Argument;
import io.cucumber.cucumberexpressions.Expression;
import io.cucumber.cucumberexpressions.ExpressionFactory;
import io.cucumber.cucumberexpressions.ParameterTypeRegistry;
import dev.lockdown.spec.words.InputMistakes;
import dev.lockdown.spec.words.StepTable;
import dev.lockdown.state.InputException.Cell;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.ParameterType;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The step definitions, matched and called without Cucumber's runtime: a check goes on where a run would skip the rest,
/// and a run looks ahead.
public final class GlueSteps {
    private static final List<Class<?>> GLUE = List.of(SetupSteps.class, ChangeSteps.class, VerdictSteps.class, TimeSteps.class,
        HeldSteps.class, DisruptionSteps.class, ScheduleSteps.class);

    private final List<Definition> definitions;
    private final Map<String, Optional<Match>> known = new ConcurrentHashMap<>();

    private GlueSteps(List<Definition> definitions) {
        this.definitions = definitions;
    }

    /// What stands below a step.
    public enum Below {
        NOTHING, TABLE, TEXT
    }

    /// A step definition.
    public record Definition(Class<?> glue, Method method, Expression expression, String example) {
        /// What stands below such a step.
        public Below below() {
            var types = method.getParameterTypes();
            var last = types.length == 0 ? void.class : types[types.length - 1];
            if (last == DataTable.class) return Below.TABLE;
            return example.contains("\"\"\"") ? Below.TEXT : Below.NOTHING;
        }

        public boolean isVerdict() {
            return method.isAnnotationPresent(Then.class);
        }
    }

    /// A definition and the step's arguments, not transformed yet.
    public record Match(Definition definition, List<Argument<?>> arguments) {}

    public static GlueSteps load() {
        return load(GLUE);
    }

    /// Those of some classes alone.
    static GlueSteps load(List<Class<?>> classes) {
        var factory = new ExpressionFactory(parameterTypes());
        var definitions = new ArrayList<Definition>();
        for (var glue : classes)
            for (var method : glue.getDeclaredMethods()) {
                var example = method.getAnnotation(Example.class);
                if (example != null)
                    definitions.add(new Definition(glue, method, factory.createExpression(pattern(method)), example.value().strip()));
            }
        return new GlueSteps(definitions);
    }

    static String pattern(Method method) {
        var given = method.getAnnotation(Given.class);
        if (given != null) return given.value();
        var when = method.getAnnotation(When.class);
        return when != null ? when.value() : method.getAnnotation(Then.class).value();
    }

    private static ParameterTypeRegistry parameterTypes() {
        var registry = new ParameterTypeRegistry(Locale.ENGLISH);
        var types = new ParameterTypes();
        for (var method : ParameterTypes.class.getDeclaredMethods()) {
            var type = method.getAnnotation(ParameterType.class);
            if (type != null)
                registry.defineParameterType(new io.cucumber.cucumberexpressions.ParameterType<>(type.name(), type.value(), Object.class,
                    (String[] texts) -> call(types, method, new Object[] {texts[0]}), false, false));
        }
        return registry;
    }

    public List<Definition> definitions() {
        return definitions;
    }

    /// The definition that a step's text fits.
    public Optional<Match> match(String text) {
        return known.computeIfAbsent(text, this::find);
    }

    private Optional<Match> find(String text) {
        for (var definition : definitions) {
            if (!definition.expression.getRegexp().matcher(text).matches()) continue;
            var arguments = definition.expression.match(text);
            if (arguments != null) return Optional.of(new Match(definition, arguments));
        }
        return Optional.empty();
    }

    /// Call a step for each row of a table of one column.
    ///
    /// @param what a row is: `disruption`
    /// @throws InputException for all rows that cannot be used
    void callRows(DataTable table, Object steps, String what) {
        var mistakes = new InputMistakes();
        var rows = table.cells();
        if (rows.isEmpty()) throw new InputException("the table is empty; each of its rows is a %s".formatted(what));
        for (int r = 0; r < rows.size(); r++) {
            var row = rows.get(r);
            mistakes.attempt(new Cell(r, 0), () -> callRow(row, steps, what));
        }
        mistakes.requireNone();
    }

    private void callRow(List<String> row, Object steps, String what) {
        if (row.size() != 1) throw new InputException("the table has one column, of %ss".formatted(what));
        var text = StepTable.text(row.getFirst());
        var match = match(text).filter(m -> m.definition().below() == Below.NOTHING).orElseThrow(() -> unknown(text, what));
        call(steps, match.definition().method(), match.arguments().stream().map(GlueSteps::value).toArray());
    }

    private InputException unknown(String text, String what) {
        var known = definitions.stream().filter(d -> d.below() == Below.NOTHING).map(Definition::example).toList();
        return new InputException("\"%s\" is no %s; did you mean: %s\n  `./lockdown steps` shows all of them".formatted(text, what,
            Vocabulary.nearest(text, known)));
    }

    /// Call a method of the glue, or of the parameter types.
    ///
    /// @throws RuntimeException or an [Error], as the method does
    public static Object call(Object target, Method method, Object[] arguments) {
        try {
            var result = method.invoke(target, arguments);
            return result == null ? "" : result;
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The value of an argument.
    ///
    /// @throws InputException if its text cannot be used
    public static Object value(Argument<?> argument) {
        try {
            var value = argument.getValue();
            return value == null ? "" : value;
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) if (cause instanceof InputException input) throw input;
            throw e;
        }
    }
}
