package dev.lockdown.cli;

import static dev.lockdown.cli.Options.flag;

import dev.lockdown.check.CheckJson;
import dev.lockdown.check.CheckText;
import dev.lockdown.check.FeaturesCheck;
import dev.lockdown.run.ExitStatus;
import dev.lockdown.check.Mistake;
import dev.lockdown.check.Mistake.Grade;
import dev.lockdown.state.OutsideText;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `./lockdown check`: every mistake of features and of what they use, without a cluster.
final class CheckCommand implements Command {
    private final ProcessContext context;

    CheckCommand(ProcessContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        var spec = Options.command(this, "check", "Tell every mistake of features and of the manifests that they use. Starts nothing.")
            .addPositional(PositionalParamSpec.builder().paramLabel("FEATURE[:LINE]|DIR|@TAG").arity("0..*").type(List.class)
                .auxiliaryTypes(String.class).description("What to check, as `run` takes it. Default: features/").build())
            .addOption(flag("--list", "Show the scenarios that a run of the same words would run."))
            .addOption(Options.textOrJson());
        spec.usageMessage().footer("", "Examples:", "  ./lockdown check                      everything in features/",
            "  ./lockdown check shop.feature         one feature",
            "  ./lockdown check --list features @dns which scenarios a run would run");
        return spec;
    }

    @Override
    public ExitStatus run(ParseResult typed) throws IOException {
        var check = FeaturesCheck.of(RunCommand.selections(context, typed.matchedPositionalValue(0, List.<String>of())), true,
            Clusters.cniNames(context.home()));
        var status = status(check);
        if (Options.asksForJson(typed)) JsonDocument.write(context.out(), json -> CheckJson.write(check, status.code(), json));
        else tell(check, typed.hasMatchedOption("--list"));
        return status;
    }

    private static ExitStatus status(FeaturesCheck check) {
        if (!check.mistakes(Grade.WRONG).isEmpty()) return ExitStatus.BAD_INPUT;
        return check.mistakes(Grade.PROVES_NOTHING).isEmpty() ? ExitStatus.OK : ExitStatus.INCONCLUSIVE;
    }

    private void tell(FeaturesCheck check, boolean list) {
        if (list)
            check.scenarios()
                .forEach(s -> context.out().println("%s  %s".formatted(OutsideText.inOneLine(s.place()), OutsideText.inOneLine(s.name()))));
        CheckText.large(check).forEach(context.out()::println);
        for (var mistake : check.mistakes()) context.out().println(word(mistake) + CheckText.of(mistake) + "\n");
        context.out().println(CheckText.summary(check));
    }

    private static String word(Mistake mistake) {
        return switch (mistake.grade()) {
            case WRONG -> "error: ";
            case PROVES_NOTHING -> "inconclusive: ";
        };
    }
}
