package dev.lockdown.bench;

import dev.lockdown.flow.Port;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/// Measures, and writes a table: what, what is wanted, what was measured, and what the kernel alone takes for the same in the same run
/// (the floor) with the ratio of the two. Machines differ, so what a floor exists for is held against that.
///
/// ```java
/// new Bench(InstantSource.system(), System.out::println).run(true);
/// ```
public final class Bench {
    private final InstantSource clock;
    private final Consumer<String> out;
    private final Stopwatch watch;
    private boolean over;

    /// @param out takes each line as soon as it is known
    public Bench(InstantSource clock, Consumer<String> out) {
        this.clock = clock;
        this.out = out;
        this.watch = new Stopwatch(clock);
    }

    /// Measure everything.
    ///
    /// @param quick leaves out what takes long
    /// @return whether everything is within its goal
    /// @throws dev.lockdown.cluster.EnvironmentException if this machine cannot
    /// @throws IllegalStateException if a flow was not as it should be: then the figures would say nothing
    public boolean run(boolean quick) {
        out.accept(Stopwatch.machine());
        out.accept(Sheet.head());
        var arrivals = new Arrivals(clock, watch);
        print(arrivals.cluster(quick ? 3 : 10));
        print(arrivals.up(10, 10, Goal.millis(50)));
        print(arrivals.up(100, quick ? 3 : 5, Goal.millis(300)));
        if (!quick) print(arrivals.up(1000, 3, Goal.millis(3000)));
        tables(quick);
        var rules = new Enforcing(clock, watch);
        print(rules.everyPod(10, 20, Goal.millis(5)));
        print(rules.everyPod(100, quick ? 5 : 10, Goal.millis(50)));
        print(rules.onePod(10, 1000, Goal.timesFloor(8)));
        print(rules.manyPortsAndBlocks(300, 1500, quick ? 3 : 5, Goal.millis(2000)));
        watching(quick);
        if (!quick) {
            var oracle = new Asking(watch, new Crowd(1000));
            print(oracle.everyFlow(Port.parse("TCP/8080"), 3, Goal.millis(2000)));
            print(oracle.explanation(200, Goal.millis(1)));
            print(new WholeProcess(clock).table(300, 100, 3, Goal.millis(2000)));
        }
        out.accept(Stopwatch.machine());
        return !over;
    }

    /// A window's error is what lies between two samples, so that the interval must leave room for the machine's own lateness.
    private void watching(boolean quick) {
        var watching = new Watching(clock);
        int rounds = quick ? 3 : 10;
        watching.resolution(10, Duration.ofNanos(650_000), rounds, Goal.millis(1)).forEach(this::print);
        watching.resolution(100, Duration.ofNanos(3_500_000), rounds, Goal.millis(5)).forEach(this::print);
        for (int millis : new int[] {500, 50, 5})
            print(watching.hole(Duration.ofMillis(millis), Duration.ofMillis(1), rounds, Goal.millis(1)));
        var processes = new WholeProcess(clock);
        print(new SoakCost(processes).of(Duration.ofSeconds(quick ? 5 : 20), Goal.millis(1000)));
        if (!quick) print(processes.features(Path.of(System.getProperty("lockdown.home", ""), "features", "chaos"), Goal.millis(60_000)));
    }

    private void tables(boolean quick) {
        try (var few = new Tables(clock, watch, new Crowd(9), 1)) {
            print(few.open(20, Goal.timesFloor(2)));
            print(few.denied(20, Goal.timesFloor(2)));
        }
        if (quick) return;
        try (var many = new Tables(clock, watch, new Crowd(100), 1)) {
            print(many.open(5, Goal.timesFloor(1.5)));
            print(many.denied(5, Goal.timesFloor(1.5)));
        }
        try (var many = new Tables(clock, watch, new Crowd(100), 2)) {
            print(many.open(5, Goal.timesFloor(1)));
            print(many.denied(5, Goal.timesFloor(1)));
        }
    }

    private void print(Figure figure) {
        over |= figure.isOverGoal();
        out.accept(Sheet.line(figure));
    }
}
