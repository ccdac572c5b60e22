package dev.lockdown.junit;

import dev.lockdown.check.StepRepair;
import dev.lockdown.spec.Ending;
import dev.lockdown.spec.SpokenScenario;
import dev.lockdown.spec.SpokenScenario.Title;
import dev.lockdown.suite.SuiteRun;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/// A scenario for each test that has a cluster. JUnit makes it for [LockdownTest].
final class LockdownExtension
        implements
            BeforeEachCallback,
            AfterEachCallback,
            ParameterResolver,
            TestExecutionExceptionHandler,
            LifecycleMethodExecutionExceptionHandler {
    private static final Namespace OWN = Namespace.create(LockdownExtension.class);

    @Override
    public void beforeEach(ExtensionContext test) throws Exception {
        // A parameter of @BeforeEach asks for it before, one of a constructor cannot.
        scenario(test);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestCluster.class && context.getTestMethod().isPresent();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return scenario(test).cluster();
    }

    private record Played(SuiteRun run, SpokenScenario scenario, TestCluster cluster, AutoCloseable turn) {}

    private static Played scenario(ExtensionContext test) {
        return Objects.requireNonNull(test.getStore(OWN).computeIfAbsent(Played.class, _ -> begin(test), Played.class));
    }

    private static Played begin(ExtensionContext test) {
        var needs = new Needs(annotation(test));
        var run = JvmRun.of(test, needs.defaults());
        var turn = run.turn();
        try {
            var site = CallSite.of(test.getRequiredTestClass());
            var title = new Title(site.file(), site.method(test.getRequiredTestMethod().getName()),
                test.getParent().map(ExtensionContext::getDisplayName).orElse(site.type().getSimpleName()), test.getDisplayName(),
                needs.tags());
            var scenario = SpokenScenario.begin(run.suite().recorder(), title, needs.baseline(), StepRepair::words);
            return new Played(run.suite(), scenario, new TestCluster(scenario, site), turn::run);
        } catch (RuntimeException e) {
            turn.run();
            throw e;
        }
    }

    private static LockdownTest annotation(ExtensionContext test) {
        return Optional.of(test.getRequiredTestMethod()).flatMap(m -> AnnotationSupport.findAnnotation(m, LockdownTest.class))
            .or(() -> AnnotationSupport.findAnnotation(test.getRequiredTestClass(), LockdownTest.class,
                test.getEnclosingTestClasses()))
            .orElseThrow();
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext test, Throwable failure) throws Throwable {
        end(test, failure);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext test, Throwable failure) throws Throwable {
        end(test, failure);
    }

    @Override
    public void afterEach(ExtensionContext test) throws Exception {
        try {
            end(test, test.getExecutionException().orElse(null));
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /// What a step told is thrown as the command line tells it; anything else as it was.
    private static void end(ExtensionContext test, @Nullable Throwable failure) throws Throwable {
        var played = test.getStore(OWN).remove(Played.class, Played.class);
        if (played == null) {
            // Ended before, and told: JUnit asks once more behind the test.
            if (failure != null && test.getExecutionException().isEmpty()) throw failure;
            return;
        }
        try (var turn = played.turn()) {
            var ending = played.scenario().end(failure);
            var fault = played.run().takeFault();
            if (failure != null && (fault == null || !played.scenario().hasTold(failure))) throw failure;
            if (fault != null) throw fault;
            if (ending == Ending.SKIPPED) throw SpokenScenario.skipped(played.scenario());
        }
    }
}
