package dev.lockdown.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;

/// Measures pieces of work of this process.
final class Stopwatch {
    private final InstantSource clock;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    Stopwatch(InstantSource clock) {
        this.clock = clock;
    }

    Sample time(Runnable work) {
        long processor = processorNanos();
        var began = clock.instant();
        work.run();
        var time = Duration.between(began, clock.instant());
        return new Sample(time, Duration.ofNanos(processorNanos() - processor));
    }

    /// Of the threads that are there now; the process's own count has steps of 10 ms.
    private long processorNanos() {
        return Arrays.stream(threads.getAllThreadIds()).map(threads::getThreadCpuTime).filter(nanos -> nanos > 0).sum();
    }

    /// Bytes that are in use on the heap after a collection.
    static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /// `2 processors, load 4.2`
    static String machine() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return String.format(Locale.ROOT, "%s processors, load %.1f", system.getAvailableProcessors(), system.getSystemLoadAverage());
    }
}
