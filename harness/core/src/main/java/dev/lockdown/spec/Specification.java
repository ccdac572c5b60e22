package dev.lockdown.spec;

import dev.lockdown.trial.InputException;
import io.cucumber.core.gherkin.Pickle;
import io.cucumber.core.runtime.Runtime;
import java.util.List;

/// Features, checked before anything starts, and run.
///
/// ```java
/// var specification = Specification.select(List.of("features/dns.feature:21"), 2);
/// var endings = specification.run(session);
/// ```
public final class Specification {
    private final Selection selection;

    private Specification(Selection selection) {
        this.selection = selection;
    }

    /// Read features and check every step.
    ///
    /// @param words `FEATURE[:LINE]`, `DIR`, `@TAG`; none means the folder `features`
    /// @param threads how many scenarios may run at the same time
    /// @throws InputException if something cannot be read, a step is not defined, or nothing is selected
    public static Specification select(List<String> words, int threads) {
        var selection = Selection.of(words, threads);
        var undefined = Vocabulary.load().undefined(selection.pickles());
        if (!undefined.isEmpty()) throw new InputException(String.join("\n", undefined) + "\n  all steps: ./lockdown steps");
        return new Specification(selection);
    }

    public int size() {
        return selection.pickles().size();
    }

    /// The scenarios that run, as `path:line`.
    public List<String> scenarios() {
        return selection.pickles().stream().map(Specification::place).toList();
    }

    private static String place(Pickle pickle) {
        return Paths.of(pickle.getUri()) + ":" + pickle.getLocation().getLine();
    }

    /// Run every selected scenario in a session.
    ///
    /// @return how they ended
    public List<Ending> run(Session session, io.cucumber.plugin.Plugin... others) {
        var recorder = new Recorder(session.journal(), session.clock());
        var plugins = new io.cucumber.plugin.Plugin[others.length + 1];
        plugins[0] = recorder;
        System.arraycopy(others, 0, plugins, 1, others.length);
        session.open();
        try {
            Runtime.builder().withRuntimeOptions(selection.options()).withFeatureSupplier(selection::features).withAdditionalPlugins(plugins).build().run();
        } finally {
            session.close();
        }
        return List.copyOf(recorder.endings());
    }
}
