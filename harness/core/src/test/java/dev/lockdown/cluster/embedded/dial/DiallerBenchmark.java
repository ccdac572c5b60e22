package dev.lockdown.cluster.embedded.dial;

import com.sun.management.OperatingSystemMXBean;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.Port;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Prints how long truth tables take: `java ... SwitchboardBench [threads [repetitions]]`. On a machine that others use, the processor
/// time says more than the clock.
final class DiallerBenchmark {
    private static final Port[] PORTS = DialFixture.ports("TCP/8080", "TCP/8081", "UDP/5353");
    private static final OperatingSystemMXBean MACHINE = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private DiallerBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1;
        int times = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        for (int pods : new int[] {9, 100})
            try (var network = new DialFixture(threads, 1, pods, PORTS)) {
                network.rules("accept");
                measure(network, pods, pods < 20 ? times * 20 : times, "open");
                network.rules("log prefix \"deny\" group 5 snaplen 64 drop");
                measure(network, pods, pods < 20 ? times * 20 : times, "denied");
            }
    }

    private static void measure(DialFixture network, int pods, int times, String what) {
        var millis = new double[times];
        var cpu = new double[times];
        Map<String, Integer> seen = Map.of();
        int dials = 0;
        for (int i = 0; i < times; i++) {
            var table = network.table(PORTS);
            dials = table.size();
            long beganCpu = MACHINE.getProcessCpuTime();
            long began = System.nanoTime();
            var observations = network.dialler.observe(table, Duration.ofMillis(1500));
            millis[i] = (System.nanoTime() - began) / 1e6;
            cpu[i] = (MACHINE.getProcessCpuTime() - beganCpu) / 1e6;
            seen = count(observations);
        }
        double first = millis[0];
        Arrays.sort(millis);
        Arrays.sort(cpu);
        System.out.printf(
            "%d pods, %d flows %s: median %.1f ms, best %.1f, worst %.1f, first %.1f; median of processor time %.1f ms, best %.1f  %s%n",
            pods, dials, what, millis[times / 2], millis[0], millis[times - 1], first, cpu[times / 2], cpu[0], seen);
    }

    private static Map<String, Integer> count(List<Observation> observations) {
        var counts = new TreeMap<String, Integer>();
        for (var each : observations)
            counts.merge(each.outcome().getClass().getSimpleName() + (each.drops().isEmpty() ? "" : " by rule"), 1, Integer::sum);
        return counts;
    }
}
