package dev.lockdown.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;

/// Measures pieces of work of this process.
final class Stopwatch {
    private final InstantSource clock;
    private final OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    Stopwatch(InstantSource clock) {
        this.clock = clock;
    }

    Sample time(Runnable work) {
        long processor = process.getProcessCpuTime();
        var began = clock.instant();
        work.run();
        var time = Duration.between(began, clock.instant());
        return new Sample(time, Duration.ofNanos(process.getProcessCpuTime() - processor));
    }

    /// Bytes that are in use on the heap after a collection.
    static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /// `2 processors, load 4.2`
    String machine() {
        return "%d processors, load %.1f".formatted(process.getAvailableProcessors(), process.getSystemLoadAverage());
    }
}
