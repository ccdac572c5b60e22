package dev.lockdown.cli;

import dev.lockdown.cluster.embedded.kernel.Loopback;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.run.SteadyClock;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/// The entry point of `./lockdown`.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // First of all: the JDK decides once whether there is IPv6. The launcher does it where there is an ip(8).
        if ("down".equals(System.getenv("LOCKDOWN_LOOPBACK"))) Loopback.up();
        // For other people's libraries; our own say Locale.ROOT where it matters, which the compiler checks (DefaultLocale).
        Locale.setDefault(Locale.ROOT);
        endWithParent();
        var context = context();
        var status = new CommandTree(context, System.getenv()).run(List.of(arguments));
        context.out().flush();
        context.err().flush();
        if (context.cleanup().over()) System.exit(status == ExitStatus.FAILED ? failed() : status.code());
    }

    /// A run that a nightly started ends with it, even where that was killed.
    private static void endWithParent() {
        var parent = System.getenv("LOCKDOWN_PARENT");
        if (parent == null || !parent.matches("[0-9]{1,18}")) return;
        var watching = ProcessHandle.of(Long.parseLong(parent)).map(ProcessHandle::onExit);
        watching.ifPresent(over -> {
            var _ = over.thenRun(() -> System.exit(ExitStatus.INTERRUPTED.code()));
        });
    }

    /// A JVM that cannot go on says 1 as well. Where that may happen, the launcher asks for another number and makes it 1.
    private static int failed() {
        return Integer.getInteger("lockdown.failed", ExitStatus.FAILED.code());
    }

    private static ProcessContext context() {
        var console = System.console();
        var terminal = TerminalTraits.of(console != null && console.isTerminal(), System.out.charset(), System.getenv());
        var out = printer(System.out, terminal);
        var err = printer(System.err, terminal);
        var cleanup = new Cleanup();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("interruption").unstarted(() -> interrupt(cleanup, err)));
        var home = Path.of(System.getProperty("lockdown.home", ""));
        return new ProcessContext(home, Path.of(System.getProperty("lockdown.state", home.resolve(".lockdown").toString())), out, err,
            terminal, cleanup,
            SteadyClock.from(Clock.system(ZoneId.systemDefault())));
    }

    private static PrintWriter printer(PrintStream stream, TerminalTraits terminal) {
        boolean acts = terminal.colour() || terminal.live();
        return new PrintWriter(new SafeWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), acts), true);
    }

    /// A signal alone would say 130 or 143, and nothing of what became of the run.
    private static void interrupt(Cleanup cleanup, PrintWriter err) {
        if (cleanup.interrupt(err)) Runtime.getRuntime().halt(ExitStatus.INTERRUPTED.code());
    }
}
