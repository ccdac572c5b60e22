package dev.lockdown.suite;

import java.net.URI;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.ClasspathResourceSource;
import org.junit.platform.engine.support.descriptor.FileSource;
import org.junit.platform.engine.support.descriptor.UriSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.suite.api.ConfigurationParameter;

/// Hears from JUnit which scenarios a suite will run, before Cucumber begins with the first. JUnit finds it by `META-INF/services`; of what
/// is no suite of features it takes no notice.
public final class SuitePlan implements TestExecutionListener {
    // JUnit makes this listener and Cucumber the plugin, and there is no other way from one to the other.
    private static final AtomicReference<@Nullable SelectedScenarios> NEXT = new AtomicReference<>();

    private @Nullable TestPlan plan;

    /// What the suite will run that begins now; null where no launcher of JUnit runs it. Can be taken once.
    static @Nullable SelectedScenarios take() {
        return NEXT.getAndSet(null);
    }

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
        testPlan.getRoots().forEach(root -> expect(testPlan, root));
    }

    /// Cucumber begins before JUnit tells of its engine, so that the suite around it is what is waited for.
    @Override
    public void executionStarted(TestIdentifier started) {
        if (plan == null) return;
        for (var child : plan.getChildren(started)) expect(plan, child);
    }

    private static void expect(TestPlan plan, TestIdentifier engine) {
        var last = engine.getUniqueIdObject().getLastSegment();
        if (last.getType().equals("engine") && last.getValue().equals("cucumber") && !plan.getChildren(engine).isEmpty())
            NEXT.set(selected(plan, engine));
    }

    private static SelectedScenarios selected(TestPlan plan, TestIdentifier engine) {
        SortedMap<URI, SortedSet<Integer>> lines = new TreeMap<>();
        for (var test : plan.getDescendants(engine))
            if (test.isTest()) test.getSource().ifPresent(source -> add(lines, source));
        return new SelectedScenarios(lines, parameter(plan, engine, "cucumber.filter.tags"),
            parameter(plan, engine, "cucumber.filter.name"),
            Boolean.parseBoolean(parameter(plan, engine, "cucumber.execution.parallel.enabled")));
    }

    private static void add(SortedMap<URI, SortedSet<Integer>> lines, TestSource source) {
        switch (source) {
            case ClasspathResourceSource s ->
                s.getPosition().ifPresent(p -> add(lines, classPath(s.getClasspathResourceName()), p.getLine()));
            case FileSource s -> s.getPosition().ifPresent(p -> add(lines, s.getFile().toURI(), p.getLine()));
            case UriSource s -> add(lines, s.getUri(), 0);
            default -> {
                // Cucumber has no other.
            }
        }
    }

    private static URI classPath(String name) {
        return URI.create("classpath:" + name.replaceFirst("^/", "").replace(" ", "%20"));
    }

    private static void add(SortedMap<URI, SortedSet<Integer>> lines, URI feature, int line) {
        lines.computeIfAbsent(feature, _ -> new TreeSet<>()).add(line);
    }

    /// What the suite's class says comes before what JUnit was told, as it does for the suite.
    private static String parameter(TestPlan plan, TestIdentifier engine, String key) {
        return plan.getParent(engine).flatMap(suite -> annotated(suite, key)).or(() -> plan.getConfigurationParameters().get(key))
            .orElse("");
    }

    private static Optional<String> annotated(TestIdentifier suite, String key) {
        if (!(suite.getSource().orElse(null) instanceof ClassSource source)) return Optional.empty();
        return AnnotationSupport.findRepeatableAnnotations(source.getJavaClass(), ConfigurationParameter.class).stream()
            .filter(p -> p.key().equals(key)).map(ConfigurationParameter::value).findFirst();
    }
}
