package dev.lockdown.cluster.embedded.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;

/// Makes a thread that must not be late run before all others as soon as it is due, however busy the machine is.
///
/// @see <a href="https://man7.org/linux/man-pages/man7/sched.7.html">sched(7)</a>
public final class Punctual {
    private static final int SCHED_FIFO = 1;
    /// What it starts is as usual.
    private static final int SCHED_RESET_ON_FORK = 0x40000000;
    private static final int LEAST_PRIORITY = 1;
    private static final int PR_SET_TIMERSLACK = 29;
    private static final NativeFunction SCHED_SETSCHEDULER = NativeFunction.ofLibc("sched_setscheduler");
    private static final NativeFunction PRCTL = NativeFunction.ofLibc("prctl");

    private Punctual() {}

    /// Ask it of the kernel for the calling thread, which must sleep most of its time.
    ///
    /// @return whether this process may; else the thread is as punctual as any other
    public static boolean ask() {
        PRCTL.toInt(PR_SET_TIMERSLACK, 1);
        try (var arena = Arena.ofConfined()) {
            var priority = arena.allocateFrom(JAVA_INT, LEAST_PRIORITY);
            return SCHED_SETSCHEDULER.toInt(0, SCHED_FIFO | SCHED_RESET_ON_FORK, priority.address()) == 0;
        }
    }
}
