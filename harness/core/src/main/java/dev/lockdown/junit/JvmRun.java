package dev.lockdown.junit;

import dev.lockdown.suite.ScenarioError;
import dev.lockdown.suite.SuiteRun;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// The run that all tests of a JVM are part of. JUnit keeps it, and closes it behind the last test.
final class JvmRun implements AutoCloseable {
    private static final Namespace OWN = Namespace.create(JvmRun.class);

    /// A configuration parameter of JUnit: the folder in which the run's folder is made.
    private static final String REPORTS = "dev.lockdown.reports";

    private final SuiteRun suite;
    private final Map<String, String> defaults;
    // On one cluster, scenarios run one after another, whatever JUnit does.
    private final Semaphore turns = new Semaphore(1);
    private @Nullable ScenarioError refusal;

    private JvmRun(Path reports, Map<String, String> defaults) {
        this.suite = new SuiteRun(reports);
        this.defaults = defaults;
        try {
            suite.begin(defaults);
        } catch (ScenarioError e) {
            // Each test tells it; it is not tried again for each.
            refusal = e;
        }
    }

    /// @param defaults of the test that asks: the cluster that it names
    /// @throws ScenarioError if the run cannot begin, or is on another cluster
    static JvmRun of(ExtensionContext test, Map<String, String> defaults) {
        var run = Objects.requireNonNull(
            test.getRoot().getStore(OWN).computeIfAbsent(JvmRun.class, _ -> new JvmRun(reports(test), defaults), JvmRun.class));
        if (run.refusal != null) throw run.refusal;
        run.requireSame(defaults);
        return run;
    }

    private static Path reports(ExtensionContext test) {
        return Path.of(test.getConfigurationParameter(REPORTS).orElse(SuiteRun.FOLDER));
    }

    private void requireSame(Map<String, String> others) {
        var wanted = others.get("lockdown.cluster");
        var own = defaults.get("lockdown.cluster");
        boolean chosen = System.getProperty("lockdown.cluster") != null || System.getenv("LOCKDOWN_CLUSTER") != null;
        if (chosen || wanted == null || wanted.equals(own)) return;
        throw ScenarioError.of("""
            @LockdownTest(cluster = "%s"): the tests of this JVM run on %s, which the first of them said
              choose one for all: -Dlockdown.cluster=%s""".formatted(wanted, own == null ? "the embedded cluster" : "\"%s\"".formatted(own),
            wanted));
    }

    SuiteRun suite() {
        return suite;
    }

    /// Wait until a scenario may begin; what is returned says that it is over.
    Runnable turn() {
        if (suite.isolatesScenarios()) return () -> {};
        turns.acquireUninterruptibly();
        return turns::release;
    }

    @Override
    public void close() {
        if (refusal == null) suite.end(() -> "no test has begun");
    }
}
