package dev.lockdown.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Gives each test of a class, or one test, a cluster: a [TestCluster] as a parameter, of the test or of its `@BeforeEach`.
///
/// Which cluster that is, system properties say, as for a suite of features: `-Dlockdown.cluster=kubeconfig:lab`. A test fails where
/// `./lockdown run` would not end with 0, and is skipped where the cluster lacks what it needs. All tests of a JVM are one run, whose report is
/// in `target/lockdown`.
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LockdownExtension.class)
public @interface LockdownTest {
    /// How many nodes there must be at least.
    int nodes() default 2;

    /// Over what its pods speak.
    IpFamily family() default IpFamily.IPV4;

    /// The cluster where neither `-Dlockdown.cluster` nor `LOCKDOWN_CLUSTER` says another, in the words of `--cluster`; all tests of a JVM share
    /// it.
    String cluster() default "";

    /// Other needs, in the words of a feature's tags: `@needs:sctp`, `@established:survives`.
    String[] tags() default {};

    /// The names that will be resolved, as they will be written: what becomes of them is compared with the time before the first policy, when
    /// they are asked for as well.
    String[] resolves() default {};

    /// Whether pods will be asked for by ICMP, which is compared with that time too.
    boolean pings() default false;

    /// Whether flows will be compared with the time before each change, as "exactly these flows opened" does.
    boolean opened() default false;

    /// The versions of IP that a cluster has.
    enum IpFamily {
        IPV4, IPV6, DUAL_STACK
    }
}
