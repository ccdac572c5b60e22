package dev.lockdown.cluster.embedded.kernel;

import dev.lockdown.cluster.EnvironmentException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Runs a test where network namespaces can be made and filled with rules; elsewhere it is skipped, and the report says why.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NamespacesAvailable.Condition.class)
public @interface NamespacesAvailable {

    /// What is found is the same for all tests of a run.
    final class Condition implements ExecutionCondition {
        private static final ConditionEvaluationResult FOUND = look();

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return FOUND;
        }

        private static ConditionEvaluationResult look() {
            try (var thread = NamespaceThread.start("look");
                    var namespace = thread.create();
                    var _ = thread.in(namespace, Nftables::open)) {
                return ConditionEvaluationResult.enabled("namespaces and nftables work here");
            } catch (EnvironmentException | KernelException e) {
                return ConditionEvaluationResult.disabled(e.getMessage());
            }
        }
    }
}
