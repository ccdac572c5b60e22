package dev.lockdown.cluster.kubernetes.stub;

import dev.lockdown.flow.NamespacedName;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The faults that the stub makes on purpose. Everything may be changed while the stub runs.
public final class FaultInjection {
    volatile Function<Call, Fate> calls = _ -> new Fate.Answered();
    volatile Function<Integer, Attachment> attachment = _ -> Attachment.SOUND;
    volatile Function<Call, Executed> programs = _ -> new Executed.NotThere();
    volatile Function<NamespacedName, Birth> births = _ -> Birth.RUNS;
    volatile Function<String, Duration> clocks = _ -> Duration.ZERO;
    volatile int accountsAfter;
    volatile boolean balancersPending;
    volatile @Nullable Function<String, String> balancerNames;
    volatile String podSecurity = "";
    volatile Set<String> stuckNamespaces = Set.of();
    final Set<String> withheld = ConcurrentHashMap.newKeySet();

    /// What becomes of one call.
    public sealed interface Fate {
        record Answered() implements Fate {}

        /// @param status of HTTP; nothing is done
        record Refused(int status, String reason, String message) implements Fate {}

        /// No answer ever comes, and nothing is done.
        record Hung() implements Fate {}

        /// Done when this is counted down, long after its client has given up.
        record Late(CountDownLatch until) implements Fate {}

        /// The connection is reset before anything is done.
        record Reset() implements Fate {}

        /// The connection is reset after all of it is done.
        record ResetAfterwards() implements Fate {}
    }

    /// What becomes of one attachment.
    public enum Attachment {
        SOUND, REFUSED,
        /// Reset after its third message.
        DROPPED,
        /// Everything comes twice.
        DOUBLED,
        /// After its third message nothing goes through any more, either way, and nobody says so.
        HALF_OPEN,
        /// Every fifth message has a wrong byte.
        GARBLED
    }

    /// What comes of a program that is run in a pod.
    public sealed interface Executed {
        record Ended(int status, String output) implements Executed {}

        /// The container has no such program.
        record NotThere() implements Executed {}

        record NeverEnds() implements Executed {}
    }

    /// What becomes of a pod.
    public enum Birth {
        RUNS, NOT_ADMITTED, NEVER_SCHEDULED, IMAGE_NOT_PULLED,
        /// Its agent ends at once.
        CRASHES,
        /// Its agent runs, and says nothing.
        MUTE,
        /// Its agent is of the next version, and speaks this one, too.
        NEWER,
        /// Its agent is of the next version, and speaks nothing else.
        TOO_NEW
    }

    public FaultInjection calls(Function<Call, Fate> fate) {
        calls = fate;
        return this;
    }

    /// @param by the number of the attachment, counted from 1 over all pods
    public FaultInjection attachments(Function<Integer, Attachment> by) {
        attachment = by;
        return this;
    }

    /// @param by the call, whose `command` has the program's words
    public FaultInjection programs(Function<Call, Executed> by) {
        programs = by;
        return this;
    }

    public FaultInjection births(Function<NamespacedName, Birth> birth) {
        births = birth;
        return this;
    }

    /// How far the clocks of a node are ahead, for agents that start from now on.
    public FaultInjection clocks(Function<String, Duration> ahead) {
        clocks = ahead;
        return this;
    }

    /// Have no load balancer be given an address.
    public FaultInjection balancersPending() {
        balancersPending = true;
        return this;
    }

    /// Have load balancers be given names in place of addresses.
    public FaultInjection balancersNamed(Function<String, String> names) {
        balancerNames = names;
        return this;
    }

    /// The service account of a namespace is not there before so many pods were refused for want of it.
    public FaultInjection accountsAfter(int attempts) {
        accountsAfter = attempts;
        return this;
    }

    /// The Pod Security Standard of namespaces that name none.
    public FaultInjection podSecurity(String level) {
        podSecurity = level;
        return this;
    }

    /// Namespaces that stay Terminating.
    public FaultInjection stuckNamespaces(String... names) {
        stuckNamespaces = Set.of(names);
        return this;
    }

    public Set<String> withheld() {
        return withheld;
    }

    /// Take a right away: `create pods/attach`.
    public FaultInjection withhold(String... rights) {
        withheld.addAll(Set.of(rights));
        return this;
    }
}
