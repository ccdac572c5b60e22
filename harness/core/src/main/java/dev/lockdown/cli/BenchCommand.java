package dev.lockdown.cli;

import dev.lockdown.bench.Bench;
import dev.lockdown.run.ExitStatus;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown dev bench`: how fast this is, beside what is wanted and what the kernel allows.
final class BenchCommand implements Command {
    private final ProcessContext context;

    BenchCommand(ProcessContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        var spec = Options.command(this, "bench", "Measure how fast the embedded cluster and the oracle are.")
            .addOption(Options.flag("--quick", "Leave out what takes long."));
        spec.usageMessage().footer("",
            "The floor is what the kernel alone takes for the same in this very run: its bare system calls on one thread.",
            "The ratio is the median of what each round took to the floor right after it.",
            "cpu is processor time of the Java threads, which says more than the clock on a busy machine.",
            "Exit status 1 if anything is over its goal.");
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult typed) {
        boolean within = new Bench(context.clock(), context.out()::println).run(typed.hasMatchedOption("--quick"));
        return within ? ExitStatus.OK : ExitStatus.FAILED;
    }
}
