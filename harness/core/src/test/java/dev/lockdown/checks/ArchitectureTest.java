package dev.lockdown.checks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Modifier;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/// The house as the design draws it: arrows point one way, each library has its room, time and chance have their doors.
@AnalyzeClasses(packages = "dev.lockdown", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String EMBEDDED = "dev.lockdown.cluster.embedded";
    private static final Set<String> CLOCKS = Set.of("java.time.Clock", "java.time.InstantSource");

    /// A package may use what stands in its line, and nothing else of ours.
    @ArchTest
    static final ArchRule ARROWS_POINT_ONE_WAY = layeredArchitecture().consideringOnlyDependenciesInAnyPackage("dev.lockdown..")
        .layer("flow").definedBy("dev.lockdown.flow..")
        .layer("probe").definedBy("dev.lockdown.probe..")
        .layer("pod").definedBy("dev.lockdown.pod..")
        .layer("state").definedBy("dev.lockdown.state..")
        .layer("manifest").definedBy("dev.lockdown.manifest..")
        .layer("policy").definedBy("dev.lockdown.policy..")
        .layer("graph").definedBy("dev.lockdown.graph..")
        .layer("need").definedBy("dev.lockdown.need..")
        .layer("lint").definedBy("dev.lockdown.lint..")
        .layer("verdict").definedBy("dev.lockdown.verdict..")
        .layer("journal").definedBy("dev.lockdown.journal..")
        .layer("cluster").definedBy("dev.lockdown.cluster..")
        .layer("rules").definedBy("dev.lockdown.rules..")
        .layer("trial").definedBy("dev.lockdown.trial..")
        .layer("chaos").definedBy("dev.lockdown.chaos..")
        .layer("disruption").definedBy("dev.lockdown.disruption..")
        .layer("spec").definedBy("dev.lockdown.spec..")
        .layer("table").definedBy("dev.lockdown.table..")
        .layer("rehearsal").definedBy("dev.lockdown.rehearsal..")
        .layer("fingerprint").definedBy("dev.lockdown.fingerprint..")
        .layer("mutation").definedBy("dev.lockdown.mutation..")
        .layer("report").definedBy("dev.lockdown.report..")
        .layer("check").definedBy("dev.lockdown.check..")
        .layer("history").definedBy("dev.lockdown.history..")
        .layer("comparison").definedBy("dev.lockdown.comparison..")
        .layer("nightly").definedBy("dev.lockdown.nightly..")
        .layer("metrics").definedBy("dev.lockdown.metrics..")
        .layer("run").definedBy("dev.lockdown.run..")
        .layer("suite").definedBy("dev.lockdown.suite..")
        .layer("junit").definedBy("dev.lockdown.junit..")
        .layer("fuzz").definedBy("dev.lockdown.fuzz..")
        .layer("bench").definedBy("dev.lockdown.bench..")
        .layer("conformance").definedBy("dev.lockdown.conformance..")
        .layer("cli").definedBy("dev.lockdown.cli..")
        .ensureAllClassesAreContainedInArchitecture()
        .whereLayer("flow").mayNotAccessAnyLayer()
        .whereLayer("probe").mayOnlyAccessLayers("flow")
        .whereLayer("pod").mayOnlyAccessLayers("flow", "probe")
        .whereLayer("state").mayOnlyAccessLayers("flow")
        .whereLayer("manifest").mayOnlyAccessLayers("flow", "state")
        .whereLayer("policy").mayOnlyAccessLayers("flow", "state")
        .whereLayer("graph").mayNotAccessAnyLayer()
        .whereLayer("need").mayOnlyAccessLayers("flow", "state", "manifest")
        .whereLayer("lint").mayOnlyAccessLayers("flow", "state", "manifest", "policy")
        .whereLayer("chaos").mayOnlyAccessLayers("flow", "verdict")
        .whereLayer("journal").mayOnlyAccessLayers("flow", "state", "policy", "verdict", "chaos", "disruption")
        .whereLayer("disruption").mayOnlyAccessLayers("flow", "state")
        .whereLayer("cluster").mayOnlyAccessLayers("flow", "probe", "pod", "state", "manifest", "disruption")
        .whereLayer("verdict").mayOnlyAccessLayers("flow", "state", "policy")
        .whereLayer("rules").mayOnlyAccessLayers("flow", "state", "policy", "verdict", "cluster")
        .whereLayer("trial").mayOnlyAccessLayers("flow", "state", "manifest", "policy", "lint", "verdict", "chaos", "journal", "cluster",
            "disruption", "rules")
        .whereLayer("spec")
        .mayOnlyAccessLayers("flow", "state", "policy", "lint", "verdict", "journal", "cluster", "trial", "chaos", "disruption", "manifest")
        .whereLayer("table")
        .mayOnlyAccessLayers("flow", "state", "policy", "lint", "graph", "verdict", "journal", "cluster", "trial", "manifest")
        .whereLayer("rehearsal")
        .mayOnlyAccessLayers("flow", "state", "manifest", "policy", "verdict", "cluster", "journal", "trial", "table", "graph", "need",
            "report")
        .whereLayer("fingerprint")
        .mayOnlyAccessLayers("flow", "state", "manifest", "verdict", "chaos", "journal", "cluster", "trial", "disruption", "report")
        .whereLayer("mutation").mayOnlyAccessLayers("flow", "state", "journal", "cluster", "manifest", "spec")
        .whereLayer("report").mayOnlyAccessLayers("flow", "state", "policy", "verdict", "chaos", "disruption", "journal", "graph")
        .whereLayer("fuzz").mayOnlyAccessLayers("flow", "state", "policy", "cluster", "manifest")
        .whereLayer("bench").mayOnlyBeAccessedByLayers("cli")
        .whereLayer("conformance").mayNotAccessAnyLayer()
        .whereLayer("check").mayOnlyAccessLayers("flow", "state", "manifest", "lint", "trial", "cluster", "spec")
        .whereLayer("history").mayOnlyAccessLayers("flow", "state", "verdict", "chaos", "cluster", "journal", "report")
        .whereLayer("comparison").mayOnlyAccessLayers("journal", "chaos", "verdict", "history")
        .whereLayer("nightly")
        .mayOnlyAccessLayers("flow", "state", "manifest", "verdict", "chaos", "cluster", "journal", "report", "history", "comparison")
        .whereLayer("metrics").mayOnlyAccessLayers("state", "chaos", "cluster", "history", "comparison", "nightly")
        .whereLayer("run").mayOnlyAccessLayers("journal", "spec", "report")
        .whereLayer("suite").mayOnlyBeAccessedByLayers("junit")
        .whereLayer("junit").mayNotBeAccessedByAnyLayer()
        .whereLayer("junit").mayOnlyAccessLayers("flow", "state", "trial", "spec", "check", "report", "suite")
        // A suite takes its cluster in the words of the command's options, and PICOCLI_STAYS_IN_CLI.
        .whereLayer("cli").mayOnlyBeAccessedByLayers("suite");

    /// A report shows data. Of all texts it reads those of features, to underline what differs, names of files and tags, the words of a
    /// command, and where a line may be broken.
    @ArchTest
    static final ArchRule NOBODY_READS_BACK_WHAT_WAS_SAID_OF_A_VERDICT = noClasses()
        .that().resideInAnyPackage("dev.lockdown.report..", "dev.lockdown.verdict..", "dev.lockdown.journal..")
        .and(simpleNameNotIn("Place", "Row", "GherkinTable", "FeatureNames", "Columns", "Conformance", "TextTable", "RerunCommand",
            "OldRuns"))
        .should().accessTargetWhere(reaches(Set.of("java.lang.String.startsWith", "java.lang.String.endsWith", "java.lang.String.contains",
            "java.lang.String.matches", "java.lang.String.indexOf", "java.lang.String.split", "java.util.regex.Pattern.compile")))
        .because("a verdict stays data until it is shown");

    /// A trial works on any cluster; only the edges choose one: the command line, the JUnit suite, and what measures the embedded one.
    @ArchTest
    static final ArchRule CLUSTERS_ARE_CHOSEN_AT_THE_EDGE =
        noClasses()
            .that(resideOutsideOfPackages("dev.lockdown.cluster..", "dev.lockdown.bench..", "dev.lockdown.suite..", "dev.lockdown.cli.."))
            .should().dependOnClassesThat().resideInAnyPackage("dev.lockdown.cluster.*..")
            .because("a scenario never knows where it runs");

    /// Inside the embedded cluster: the same rule, a room may use what stands in its line.
    @ArchTest
    static final ArchRule ARROWS_INSIDE_THE_EMBEDDED_CLUSTER_POINT_ONE_WAY =
        layeredArchitecture().consideringOnlyDependenciesInAnyPackage(EMBEDDED + "..")
            .layer("kernel").definedBy(EMBEDDED + ".kernel..")
            .layer("nft").definedBy(EMBEDDED + ".nft..")
            .layer("wiring").definedBy(EMBEDDED + ".wiring..")
            .layer("controlplane").definedBy(EMBEDDED + ".controlplane..")
            .layer("api").definedBy(EMBEDDED + ".api..")
            .layer("dns").definedBy(EMBEDDED + ".dns..")
            .layer("proxy").definedBy(EMBEDDED + ".proxy..")
            .layer("netpol").definedBy(EMBEDDED + ".netpol..")
            .layer("defect").definedBy(EMBEDDED + ".defect..")
            .layer("dial").definedBy(EMBEDDED + ".dial..")
            .layer("watch").definedBy(EMBEDDED + ".watch..")
            .layer("held").definedBy(EMBEDDED + ".held..")
            .layer("entry").definedBy(EMBEDDED)
            .ensureAllClassesAreContainedInArchitectureIgnoring(resideOutsideOfPackages(EMBEDDED + ".."))
            .whereLayer("kernel").mayNotAccessAnyLayer()
            .whereLayer("nft").mayNotAccessAnyLayer()
            .whereLayer("wiring").mayOnlyAccessLayers("kernel", "nft")
            .whereLayer("controlplane").mayOnlyAccessLayers("wiring")
            .whereLayer("api").mayOnlyAccessLayers("controlplane")
            .whereLayer("dns").mayOnlyAccessLayers("controlplane")
            .whereLayer("proxy").mayOnlyAccessLayers("nft", "controlplane")
            .whereLayer("netpol").mayOnlyAccessLayers("nft")
            .whereLayer("defect").mayOnlyAccessLayers("nft", "netpol")
            .whereLayer("dial").mayOnlyAccessLayers("kernel", "controlplane", "api", "proxy")
            .whereLayer("watch").mayOnlyAccessLayers("kernel", "dial")
            .whereLayer("held").mayOnlyAccessLayers("kernel", "dial")
            .whereLayer("entry").mayNotBeAccessedByAnyLayer();

    /// What is public in an inner room is public for its neighbours. The command line alone looks at the kernel itself, to say what it lacks.
    @ArchTest
    static final ArchRule THE_EMBEDDED_CLUSTER_IS_ENTERED_AT_ITS_DOOR = noClasses().that().resideOutsideOfPackage(EMBEDDED + "..")
        .should()
        .dependOnClassesThat(resideInAPackage(EMBEDDED + ".*..").and(DescribedPredicate.not(resideInAPackage(EMBEDDED + ".kernel.."))))
        .because("EmbeddedBackend is the door");

    @ArchTest
    static final ArchRule THE_KERNEL_IS_FOR_THE_EMBEDDED_CLUSTER =
        noClasses().that(resideOutsideOfPackages(EMBEDDED + "..", "dev.lockdown.cli.."))
            .should().dependOnClassesThat().resideInAPackage(EMBEDDED + ".kernel..");

    @ArchTest
    static final ArchRule KERNEL_INTERFACES_KNOW_NO_CLUSTER = classes().that().resideInAPackage("dev.lockdown.cluster.embedded.kernel..")
        .should()
        .onlyDependOnClassesThat(resideOutsideOfPackages("dev.lockdown..").or(resideInAPackage("dev.lockdown.cluster.embedded.kernel.."))
            .or(JavaClass.Predicates.type(dev.lockdown.cluster.EnvironmentException.class)));

    /// The kinds of cluster share the seam and know nothing of each other; who joins them is at the edge.
    @ArchTest
    static final ArchRule CLUSTERS_DO_NOT_KNOW_EACH_OTHER = noClasses().that().resideInAPackage("dev.lockdown.cluster.kubernetes..")
        .should().dependOnClassesThat().resideInAnyPackage("dev.lockdown.cluster.embedded..", "dev.lockdown.cluster.k3s..");

    @ArchTest
    static final ArchRule K3S_IS_JOINED_BY_ITS_KUBECONFIG = noClasses().that().resideInAPackage("dev.lockdown.cluster.k3s..")
        .should().dependOnClassesThat().resideInAnyPackage("dev.lockdown.cluster.embedded..", "dev.lockdown.cluster.kubernetes..");

    @ArchTest
    static final ArchRule THE_SEAM_KNOWS_NO_CLUSTER = noClasses().that().resideInAPackage("dev.lockdown.cluster")
        .should().dependOnClassesThat().resideInAnyPackage("dev.lockdown.cluster.embedded..", "dev.lockdown.cluster.k3s..",
            "dev.lockdown.cluster.kubernetes..");

    @ArchTest
    static final ArchRule THE_AGENT_NEEDS_NOTHING =
        classes().that().resideInAnyPackage("dev.lockdown.flow..", "dev.lockdown.probe..", "dev.lockdown.pod..")
            .should().onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "javax.net.ssl..", "dev.lockdown.flow..", "dev.lockdown.probe..", "dev.lockdown.pod..",
                "org.jspecify.annotations..")
            .because("its jar runs alone in a pod");

    @ArchTest
    static final ArchRule FABRIC8_STAYS_AT_THE_CLUSTER =
        onlyIn("io.fabric8..", "it drops unknown fields in silence, so it must not read a user's policy",
            "dev.lockdown.cluster.kubernetes..", "dev.lockdown.cluster.k3s..", "dev.lockdown.cluster.existing..");

    @ArchTest
    static final ArchRule DOCKER_STAYS_WITH_K3S = onlyIn("org.testcontainers..", "nothing else needs Docker", "dev.lockdown.cluster.k3s..");

    @ArchTest
    static final ArchRule SO_DOES_ITS_CLIENT = onlyIn("com.github.dockerjava..", "nothing else needs Docker", "dev.lockdown.cluster.k3s..");

    @ArchTest
    static final ArchRule CUCUMBER_STAYS_IN_SPEC =
        onlyIn("io.cucumber..", "trials and reports do without Gherkin", "dev.lockdown.spec..", "dev.lockdown.check..",
            "dev.lockdown.suite..");

    @ArchTest
    static final ArchRule JUNIT_STAYS_IN_SUITE =
        onlyIn("org.junit..", "who runs features by the command line has no JUnit", "dev.lockdown.suite..",
            "dev.lockdown.junit..");

    /// The exception by which test frameworks know a skip is thrown at the edge; a cluster says what it lacks by one of our own.
    @ArchTest
    static final ArchRule SKIPS_ARE_MADE_IN_SPEC = onlyIn("org.opentest4j..", "a cluster knows no test framework", "dev.lockdown.spec..");

    @ArchTest
    static final ArchRule WAITING_IS_POLLING =
        onlyIn("org.awaitility..", "there is one way to wait: cluster.Polling", "dev.lockdown.cluster");

    @ArchTest
    static final ArchRule YAML_STAYS_IN_MANIFEST = onlyIn("org.snakeyaml..", "its exceptions are wrapped there", "dev.lockdown.manifest..");

    @ArchTest
    static final ArchRule PICOCLI_STAYS_IN_CLI = onlyIn("picocli..", "arguments are read at the edge", "dev.lockdown.cli..");

    @ArchTest
    static final ArchRule TEMPLATES_STAY_IN_REPORT =
        onlyIn("com.samskivert..", "a report is data and one template", "dev.lockdown.report..", "dev.lockdown.nightly.page..",
            "dev.lockdown.rehearsal.page..");

    @ArchTest
    static final ArchRule PROMETHEUS_STAYS_IN_METRICS =
        onlyIn("io.prometheus..", "others count, and metrics writes what they counted", "dev.lockdown.metrics..", "dev.lockdown.cli..");

    /// Time is stamped by the agent and by the cluster; everybody else is handed a clock.
    @ArchTest
    static final ArchRule TIME_IS_STAMPED_IN_TWO_PLACES =
        noClasses().that(resideOutsideOfPackages("dev.lockdown.probe..", "dev.lockdown.pod..", "dev.lockdown.cluster.."))
            // The clock that all others are handed.
            .and().doNotHaveFullyQualifiedName("dev.lockdown.run.SteadyClock")
            .should()
            .accessTargetWhere(reaches(Set.of("java.lang.System.nanoTime", "java.lang.System.currentTimeMillis", "java.time.Instant.now",
                "java.time.LocalDate.now", "java.time.LocalDateTime.now", "java.time.ZonedDateTime.now", "java.time.OffsetDateTime.now")));

    @ArchTest
    static final ArchRule CLOCKS_COME_FROM_THE_EDGE =
        noClasses().that().resideOutsideOfPackages("dev.lockdown.suite..", "dev.lockdown.cli..")
            .should().accessTargetWhere(
                reaches(Set.of("java.time.InstantSource.system", "java.time.Clock.systemUTC", "java.time.Clock.systemDefaultZone",
                    "java.time.Clock.system")));

    @ArchTest
    static final ArchRule NOBODY_SLEEPS_TO_SYNCHRONISE = noClasses()
        .should().accessTargetWhere(reaches(Set.of("java.lang.Thread.sleep", "java.util.concurrent.TimeUnit.sleep")))
        .because("waiting is by evidence");

    @ArchTest
    static final ArchRule CHANCE_ENTERS_BY_THE_SEED = noClasses()
        .should().callConstructor(java.util.Random.class)
        .orShould().callConstructor(java.security.SecureRandom.class)
        .orShould().callConstructor(java.util.SplittableRandom.class)
        .orShould().accessTargetWhere(reaches(Set.of("java.lang.Math.random", "java.util.concurrent.ThreadLocalRandom.current",
            "java.util.random.RandomGenerator.getDefault", "java.util.Collections.shuffle")))
        .because("a run can be repeated by its seed");

    @ArchTest
    static final ArchRule NOTHING_IS_LOOKED_UP_ON_THE_HOST = noClasses()
        // A load balancer that somebody asks for may have a name of the outside instead of an address.
        .that().doNotHaveFullyQualifiedName("dev.lockdown.cluster.kubernetes.outside.ThisMachine")
        .should().accessTargetWhere(reaches(Set.of("java.net.InetAddress.getByName", "java.net.InetAddress.getAllByName",
            "java.net.InetAddress.getLocalHost", "java.net.InetAddress.getCanonicalHostName", "java.net.InetAddress.getHostName")))
        .orShould().callConstructor(java.net.InetSocketAddress.class, String.class, int.class)
        .because("no packet leaves the machine: literals are read by InetAddress.ofLiteral, names are asked of the cluster");

    @ArchTest
    static final ArchRule ONLY_MAIN_ENDS_THE_PROCESS = noClasses().that().doNotHaveFullyQualifiedName("dev.lockdown.cli.Main")
        .should().accessTargetWhere(reaches(Set.of("java.lang.System.exit", "java.lang.Runtime.exit", "java.lang.Runtime.halt")));

    @ArchTest
    static final ArchRule NOTHING_IS_INJECTED_INTO_FIELDS = noFields().should().beAnnotatedWith("javax.inject.Inject")
        .orShould().beAnnotatedWith("jakarta.inject.Inject");

    @ArchTest
    static final ArchRule CLASSES_ARE_FINAL_UNLESS_SEALED =
        classes().that().areNotInterfaces().and().areNotEnums().and().areNotAnonymousClasses()
            .should(beFinalOrSealed());

    @ArchTest
    static final ArchRule EVERY_PACKAGE_IS_INTRODUCED = classes().should(resideInANullMarkedPackage());

    @ArchTest
    static final ArchRule ROOMS_ARE_NAMED_AFTER_WHAT_THEY_ARE_FOR = noClasses()
        .should().resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..model..", "..helper..", "..manager..")
        .orShould().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)");

    private static DescribedPredicate<JavaClass> simpleNameNotIn(String... names) {
        return DescribedPredicate.describe("are none of " + Set.of(names), type -> !Set.of(names).contains(type.getSimpleName()));
    }

    private static ArchRule onlyIn(String library, String reason, String... packages) {
        return noClasses().that().resideOutsideOfPackages(packages).should().dependOnClassesThat().resideInAPackage(library)
            .because(reason);
    }

    /// Calls of a method and references to it, but for those that hand over a clock.
    private static DescribedPredicate<JavaAccess<?>> reaches(Set<String> methods) {
        return DescribedPredicate.describe("the target is one of " + methods,
            access -> methods.contains(access.getTargetOwner().getName() + "." + access.getTarget().getName()) && !isHandedAClock(access));
    }

    private static boolean isHandedAClock(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
            && target.getRawParameterTypes().stream().anyMatch(t -> CLOCKS.contains(t.getName()));
    }

    private static ArchCondition<JavaClass> beFinalOrSealed() {
        return new ArchCondition<>("be final or sealed") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                var reflected = type.reflect();
                boolean closed = Modifier.isFinal(reflected.getModifiers()) || reflected.isSealed();
                events.add(new SimpleConditionEvent(type, closed, type.getName() + (closed ? " is" : " is not") + " final or sealed"));
            }
        };
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a package whose package-info is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + (marked ? " is" : " is not") + " @NullMarked"));
            }
        };
    }
}
