package dev.lockdown.spec;

import dev.lockdown.flow.Probe.Transport;
import dev.lockdown.spec.words.PortWord;
import dev.lockdown.spec.words.StepTable;
import dev.lockdown.trial.BaselineNeeds;
import io.cucumber.plugin.event.DataTableArgument;
import io.cucumber.plugin.event.PickleStepTestStep;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/// One kind of what [AsksBaseline] declares: where in a step's arguments stands what the baseline must ask before the first policy.
///
/// Arguments that cannot be read ask for nothing: the step itself says later what is wrong with them.
enum BaselineQuestion {
    /// The step's `{name}` is resolved, over its `{transport}` if it has one.
    NAME {
        @Override
        BaselineNeeds in(Said step) {
            var transport = step.arguments("transport").stream().findFirst().map(Transport::valueOf).orElse(Transport.EITHER);
            var names = new LinkedHashSet<BaselineNeeds.Name>();
            for (var name : step.arguments("name")) names.add(new BaselineNeeds.Name(unquoted(name), transport));
            return new BaselineNeeds(names, false);
        }
    },
    /// Pods are pinged if the step's `{ports}` say ICMP.
    PORTS {
        @Override
        BaselineNeeds in(Said step) {
            return new BaselineNeeds(Set.of(), false, step.arguments("ports").stream().anyMatch(PortWord::saysIcmp));
        }
    },
    /// The rows of the step's table resolve names, and reach ports among which may be ICMP.
    ROWS {
        @Override
        BaselineNeeds in(Said step) {
            var names = new LinkedHashSet<BaselineNeeds.Name>();
            boolean pings = false;
            for (var row : step.rows()) {
                if (cell(row, 0).equals("resolve")) names.add(new BaselineNeeds.Name(unquoted(cell(row, 1)), transport(cell(row, 2))));
                if (cell(row, 0).equals("reach")) pings |= PortWord.saysIcmp(cell(row, 2));
            }
            return new BaselineNeeds(names, false, pings);
        }
    },
    /// Flows are compared with those that were shut before the last change, so that every change is preceded by a look at all flows.
    SHUT_BEFORE {
        @Override
        BaselineNeeds in(Said step) {
            return new BaselineNeeds(Set.of(), true);
        }
    };

    private static final Pattern TRANSPORT = Pattern.compile("(?:over )?(UDP|TCP)");
    private static final BaselineNeeds NOTHING = new BaselineNeeds(Set.of(), false);

    /// What one step asks for.
    abstract BaselineNeeds in(Said step);

    /// What all steps of a scenario ask for together.
    static BaselineNeeds ofAll(List<PickleStepTestStep> steps) {
        return steps.stream().flatMap(s -> Vocabulary.asksBaseline(s.getPattern()).stream().map(q -> q.in(Said.of(s))))
            .reduce(NOTHING, BaselineQuestion::both);
    }

    private static BaselineNeeds both(BaselineNeeds a, BaselineNeeds b) {
        var names = new LinkedHashSet<>(a.names());
        names.addAll(b.names());
        return new BaselineNeeds(names, a.opened() || b.opened(), a.pings() || b.pings());
    }

    /// A step, as far as it matters here.
    ///
    /// @param arguments as they are written, each with the name of its parameter type before it
    /// @param rows of its table
    record Said(List<List<String>> arguments, List<List<String>> rows) {
        static Said of(PickleStepTestStep step) {
            var arguments = step.getDefinitionArgument().stream()
                .map(a -> List.of(Objects.requireNonNullElse(a.getParameterTypeName(), ""), Objects.requireNonNullElse(a.getValue(), "")));
            return new Said(arguments.toList(),
                step.getStep().getArgument() instanceof DataTableArgument table ? table.cells() : List.of());
        }

        static Said of(GlueSteps.Match match, List<List<String>> rows) {
            return new Said(match.arguments().stream()
                .map(a -> List.of(a.getParameterType().getName(), Objects.requireNonNullElse(a.getGroup().getValue(), ""))).toList(), rows);
        }

        List<String> arguments(String type) {
            return arguments.stream().filter(a -> a.getFirst().equals(type)).map(List::getLast).toList();
        }
    }

    private static String cell(List<String> row, int column) {
        return column < row.size() ? StepTable.text(row.get(column)) : "";
    }

    private static Transport transport(String text) {
        var matcher = TRANSPORT.matcher(text);
        return matcher.matches() ? Transport.valueOf(matcher.group(1)) : Transport.EITHER;
    }

    private static String unquoted(String name) {
        return name.replace("\"", "");
    }
}
