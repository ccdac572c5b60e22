package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.Dialling;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import dev.lockdown.state.Change;
import dev.lockdown.state.Namespace;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Measures the whole path with many pods: 100 of them, each of which dials all. The stub shares the harness's process, so that its heap
/// is an upper bound.
///
/// Run it in an empty network namespace: `unshare --net java -cp … dev.lockdown.cluster.kubernetes.StubBench 100 processes`. Without
/// `processes` the agents are threads, and then all of their sockets are this one process's: more than fifty pods need more than 20,000
/// descriptors.
final class StubBench {
    private static final Deadlines PATIENT = new Deadlines(Duration.ofMillis(50), Duration.ofSeconds(10), Duration.ofSeconds(120),
        Duration.ofSeconds(120), Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(10),
        Duration.ofSeconds(10), Duration.ofSeconds(30));

    private StubBench() {}

    public static void main(String[] arguments) throws IOException {
        int pods = arguments.length == 0 ? 100 : Integer.parseInt(arguments[0]);
        boolean processes = arguments.length > 1 && arguments[1].equals("processes");
        var folder = Files.createTempDirectory("stub-bench");
        try (var stub =
            processes ? StubApi.ofProcesses(folder, ShopFixture.RIGHTS, List.of(), Family.IPV4) : StubApi.start(folder, ShopFixture.RIGHTS);
                var backend = ShopFixture.join(stub, ShopFixture.settings(folder), PATIENT);
                var cluster = backend.start(Needs.DEFAULT)) {
            var cast = new ArrayList<Change>(List.of(new Change.ApplyNamespace(new Namespace("shop", Map.of()))));
            for (int i = 0; i < pods; i++) cast.add(new Change.StartPod(ShopFixture.pod("pod-" + i, "node-" + (i % 2 + 1))));
            timed("%d pods up and attached".formatted(pods), () -> cluster.apply(cast));
            var probes = new ArrayList<Probe>();
            for (int i = 0; i < pods; i++)
                for (int j = 0; j < pods; j++)
                    probes.add(Probe.Reach
                        .of(Flow.of(Endpoint.Pod.of("shop", "pod-" + i), Endpoint.Pod.of("shop", "pod-" + j), ShopFixture.PORT)));
            for (int round = 1; round <= 3; round++)
                timed("%d flows, open".formatted(probes.size()), () -> tell(cluster.observe(probes, Dialling.DEFAULT)));
            cluster.apply(List.of(ShopFixture.DENY));
            for (int round = 1; round <= 3; round++)
                timed("%d flows, denied".formatted(probes.size()), () -> tell(cluster.observe(probes, Dialling.DEFAULT)));
        }
        // fabric8's client leaves threads behind that are no daemons.
        Runtime.getRuntime().halt(0);
    }

    private static void tell(List<Observation> seen) {
        System.out.println(seen.stream().collect(Collectors.groupingBy(o -> words(o.outcome()), Collectors.counting())));
    }

    private static String words(Outcome outcome) {
        return outcome instanceof Outcome.ProbeFailed failed ? failed.toString() : outcome.getClass().getSimpleName();
    }

    private static void timed(String what, Runnable task) {
        long before = System.nanoTime();
        task.run();
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
        System.out.printf("%-30s %6d ms, heap %d MB, load %.1f%n", what, Duration.ofNanos(System.nanoTime() - before).toMillis(), heap,
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
