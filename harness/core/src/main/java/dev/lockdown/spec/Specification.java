package dev.lockdown.spec;

import dev.lockdown.spec.selection.FeaturePaths;
import dev.lockdown.spec.selection.FeatureSelection;
import dev.lockdown.state.InputException;
import io.cucumber.core.runtime.Runtime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/// Features, checked before anything starts, and run.
///
/// ```java
/// var specification = Specification.select(List.of("features/dns.feature:21"), 2, List.of());
/// var endings = specification.run(session, 1);
/// ```
public final class Specification {
    /// What it would log with its stack trace is thrown as well, and told by whoever began the run.
    private static final Logger RUNTIME = Logger.getLogger(Runtime.class.getName());

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
        return new Specification(FeatureSelection.of(words, 1, List.of())).scenarios();
    }

    public int size() {
        return selection.pickles().size() + selection.unplayable().size();
    }

    /// The scenarios that are selected, as `path:line`; also what is selected and has nothing to run.
    public List<String> scenarios() {
        var places = new ArrayList<String>();
        lines().forEach((feature, lines) -> lines.forEach(line -> places.add(feature + ":" + line)));
        return places;
    }

    /// The tags of the scenarios that are selected.
    public Set<String> tags() {
        return selection.pickles().stream().flatMap(p -> p.getTags().stream()).collect(Collectors.toSet());
    }

    /// The lines of the scenarios that are selected, by the path of their feature.
    public Map<String, List<Integer>> lines() {
        var lines = new LinkedHashMap<String, List<Integer>>();
        selection.pickles().forEach(p -> lines.computeIfAbsent(FeaturePaths.of(p.getUri()), _ -> new ArrayList<>())
            .add(p.getLocation().getLine()));
        selection.unplayable().forEach(u -> lines.computeIfAbsent(u.feature(), _ -> new ArrayList<>()).add(u.line()));
        return lines;
    }

    /// Run every selected scenario in a session. What has nothing to run is told as inconclusive.
    ///
    /// @param times how often
    /// @return how they ended
    public List<Ending> run(Session session, int times) {
        RUNTIME.setLevel(Level.OFF);
        var recorder = new Recorder(session.journal(), session.clock());
        session.open();
        try {
            for (int i = 0; i < times; i++) {
                selection.unplayable().forEach(recorder::tell);
                if (!selection.features().isEmpty())
                    Runtime.builder().withRuntimeOptions(selection.options()).withFeatureSupplier(selection::features)
                        .withAdditionalPlugins(recorder)
                        .build().run();
            }
        } finally {
            session.close();
        }
        return List.copyOf(recorder.endings());
    }
}
