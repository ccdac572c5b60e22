package dev.lockdown.spec;

import dev.lockdown.state.InputException;
import io.cucumber.core.gherkin.Pickle;
import io.cucumber.core.runtime.Runtime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Features, checked before anything starts, and run.
///
/// ```java
/// var specification = Specification.select(List.of("features/dns.feature:21"), 2, List.of());
/// var endings = specification.run(session, 1);
/// ```
public final class Specification {
    private final FeatureSelection selection;

    private Specification(FeatureSelection selection) {
        this.selection = selection;
    }

    /// Read features and check every step.
    ///
    /// @param words `FEATURE[:LINE]`, `DIR`, `@TAG`; none means the folder `features`
    /// @param threads how many scenarios may run at the same time
    /// @param plugins Cucumber's own, by name, such as Allure's
    /// @throws InputException if something cannot be read, a step is not defined, or nothing is selected
    public static Specification select(List<String> words, int threads, List<String> plugins) {
        var selection = FeatureSelection.of(words, threads, plugins);
        var undefined = Vocabulary.load().undefined(selection.pickles());
        if (!undefined.isEmpty()) throw new InputException(String.join("\n", undefined) + "\n  all steps: ./lockdown steps");
        return new Specification(selection);
    }

    /// The scenarios that words select, as `path:line`, whatever their steps say.
    ///
    /// @throws InputException if a feature cannot be read, or nothing is selected
    public static List<String> places(List<String> words) {
        return FeatureSelection.of(words, 1, List.of()).pickles().stream().map(Specification::place).toList();
    }

    public int size() {
        return selection.pickles().size();
    }

    /// The scenarios that run, as `path:line`.
    public List<String> scenarios() {
        return selection.pickles().stream().map(Specification::place).toList();
    }

    private static String place(Pickle pickle) {
        return FeaturePaths.of(pickle.getUri()) + ":" + pickle.getLocation().getLine();
    }

    /// How many scenarios of each feature run, by the feature's path.
    public Map<String, Integer> plan() {
        var plan = new LinkedHashMap<String, Integer>();
        selection.pickles().forEach(p -> plan.merge(FeaturePaths.of(p.getUri()), 1, Integer::sum));
        return plan;
    }

    /// Run every selected scenario in a session.
    ///
    /// @param times how often
    /// @return how they ended
    public List<Ending> run(Session session, int times) {
        var recorder = new Recorder(session.journal(), session.clock());
        session.open();
        try {
            for (int i = 0; i < times; i++)
                Runtime.builder().withRuntimeOptions(selection.options()).withFeatureSupplier(selection::features)
                    .withAdditionalPlugins(recorder)
                    .build().run();
        } finally {
            session.close();
        }
        return List.copyOf(recorder.endings());
    }
}
