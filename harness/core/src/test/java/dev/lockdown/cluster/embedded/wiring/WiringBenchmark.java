package dev.lockdown.cluster.embedded.wiring;

import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Prints how long it takes to join 10, 100 and 1,000 pods to two nodes. Run its `main`; nothing is asserted.
final class WiringBenchmark {
    private WiringBenchmark() {}

    public static void main(String[] arguments) {
        try (var thread = NamespaceThread.start("benchmark")) {
            for (int pods : new int[] {10, 10, 10, 10, 10, 10, 10, 10, 100, 100, 100, 100, 1000, 1000}) time(thread, pods);
        }
    }

    private static void time(NamespaceThread thread, int pods) {
        var clock = Clock.systemUTC();
        try (var wiring = Wiring.start(thread, new AddressPlan(List.of(Family.IPV4)))) {
            var nodes = List.of(wiring.addNode("node-1"), wiring.addNode("node-2"));
            var plans = IntStream.range(0, pods).mapToObj(i -> new PodPlan(NamespacedName.parse("x/p" + i), nodes.get(i % 2).name(), false))
                .toList();
            var start = clock.instant();
            wiring.addPods(plans);
            System.out.printf("%5d pods: %6d us%n", pods, Duration.between(start, clock.instant()).toNanos() / 1000);
        }
    }
}
