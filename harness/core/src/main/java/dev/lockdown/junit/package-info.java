/// Scenarios in Java, for who does not want Gherkin: a JUnit extension with the same controls, messages and reports.
///
/// ```java
/// @LockdownTest
/// class ShopTest {
///     @Test
///     void only_the_web_reaches_the_database(TestCluster cluster) {
///         cluster.pods(pod("shop/web").labels("app=web"), pod("shop/db").labels("app=db").serves("TCP/5432"));
///         cluster.denyAllIngress("shop");
///         assertThat(cluster).from("shop/web").to("shop/db").on("TCP/5432").isBlocked();
///     }
/// }
/// ```
/// Enter at [LockdownTest]; everything is said to a [TestCluster] and asked of it by [LockdownAssertions]. What is said becomes the
/// sentence of a feature, which [dev.lockdown.spec.SpokenScenario] plays, so that Java and Gherkin mean the same by the same words.
/// All tests of a JVM are one run ([dev.lockdown.suite.SuiteRun]). Depends on spec, check and suite.
@NullMarked
package dev.lockdown.junit;

import org.jspecify.annotations.NullMarked;
