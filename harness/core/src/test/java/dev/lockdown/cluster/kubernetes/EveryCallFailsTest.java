package dev.lockdown.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.embedded.kernel.NamespacesAvailable;
import dev.lockdown.cluster.kubernetes.stub.Call;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.cluster.kubernetes.stub.FaultInjection.Fate;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jspecify.annotations.Nullable;

/// A run in which the k-th call of the API fails, for every k until no call is left: it recovers or says why it cannot, never mistakes
/// the failure for a policy, and leaves nothing.
@NamespacesAvailable
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("Every call of the API may")
class EveryCallFailsTest {
    private static final Dialling QUICK = new Dialling(Duration.ofMillis(150), 0);

    @TempDir
    Path folder;

    /// How a call may fail.
    private enum Kind {
        /// For good: the run ends and says so, or does without.
        REFUSED,
        /// For a moment; nothing was done.
        POSTPONED,
        /// On its way back: all of it was done.
        UNANSWERED;

        Fate fate(int k) {
            return switch (this) {
                case REFUSED -> new Fate.Refused(403, "Forbidden", "admission webhook says no");
                case POSTPONED -> switch (k % 3) {
                    case 0 -> new Fate.Refused(500, "InternalError", "etcdserver: leader changed");
                    case 1 -> new Fate.Refused(429, "TooManyRequests", "the server has received too many requests");
                    default -> new Fate.Reset();
                };
                case UNANSWERED -> new Fate.ResetAfterwards();
            };
        }

        /// Reading is the same whether it was not done or not answered.
        boolean concerns(Call call) {
            return this != UNANSWERED || !Set.of("get", "list").contains(call.verb());
        }
    }

    @ParameterizedTest
    @EnumSource
    void be(Kind kind) throws IOException {
        try (var stub = StubApi.start(folder, ShopFixture.RIGHTS)) {
            int k = 0;
            do {
                k++;
            } while (fails(stub, kind, k));
            assertThat(k).isGreaterThan(10);
        }
    }

    /// @return false if there was no k-th call
    private boolean fails(StubApi stub, Kind kind, int k) {
        var counter = new AtomicInteger();
        var seen = new ConcurrentHashMap<String, Integer>();
        var struck = new AtomicReference<@Nullable Call>();
        stub.faults().calls(call -> {
            // Looking once more is like looking a second time.
            boolean again = seen.merge(call.right() + call.namespace() + call.name(), 1, Integer::sum) > 2;
            if (again || !kind.concerns(call) || counter.incrementAndGet() != k) return new Fate.Answered();
            struck.set(call);
            return kind.fate(k);
        });
        var problem = run(stub);
        var call = "when this call was %s: %s".formatted(kind, struck.get());
        if (kind != Kind.REFUSED) assertThat(problem).as(call).isNull();
        if (problem != null) assertThat(problem).as(call).contains("admission webhook says no (403)");
        assertThat(stub.leftovers()).as("left " + call).isEmpty();
        assertThat(stub.network().state().pods().keySet()).as("running " + call).allMatch(p -> p.namespace().equals("kube-system"));
        assertThat(Files.exists(folder.resolve("ledger"))).as("the ledger " + call).isFalse();
        return struck.get() != null;
    }

    /// @return what it said was wrong
    private @Nullable String run(StubApi stub) {
        try (var backend = ShopFixture.join(stub, folder); var cluster = backend.start(Needs.DEFAULT)) {
            cluster.apply(ShopFixture.CAST);
            var open = cluster.observe(List.of(ShopFixture.FLOW), Dialling.DEFAULT).getFirst().outcome();
            assertThat(open).isInstanceOfAny(Outcome.Connected.class, Outcome.ProbeFailed.class);
            cluster.apply(List.of(ShopFixture.DENY));
            assertThat(stub.network().state().policies()).containsKey(new NamespacedName("shop", "deny"));
            var shut = cluster.observe(List.of(ShopFixture.FLOW), QUICK).getFirst().outcome();
            assertThat(shut).isInstanceOfAny(Outcome.TimedOut.class, Outcome.ProbeFailed.class);
            return open instanceof Outcome.ProbeFailed(var cause) ? cause : shut instanceof Outcome.ProbeFailed(var cause) ? cause : null;
        } catch (ClusterException | EnvironmentException e) {
            return e.getMessage();
        }
    }
}
