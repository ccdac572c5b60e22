package dev.lockdown.cli;

import dev.lockdown.history.HistoryFolder;
import dev.lockdown.nightly.DeviationProposal;
import dev.lockdown.nightly.Deviations;
import dev.lockdown.nightly.Findings;
import dev.lockdown.nightly.Matrix;
import dev.lockdown.nightly.Night;
import dev.lockdown.nightly.NightFolder;
import dev.lockdown.nightly.NightJson;
import dev.lockdown.nightly.NightStatus;
import dev.lockdown.nightly.NightText;
import dev.lockdown.nightly.page.NightPage;
import dev.lockdown.run.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells and writes what a night came to.
record NightlyEnd(ProcessContext context, NightFolder folder, Matrix matrix, Deviations known, HistoryFolder history) {

    /// @param proposal where to propose a file of deviations, or null
    ExitStatus tell(Night night, @Nullable Path proposal) throws IOException {
        Consumer<String> notes = context.err()::println;
        Map<String, List<HistoryFolder.Kept>> kept = Files.isDirectory(history.path()) ? history.read(notes) : Map.of();
        var findings = Findings.of(night.outcomes(), night.digests(), matrix, known, kept, notes);
        NightJson.write(findings, folder.json());
        NightPage.write(findings, folder);
        if (proposal != null) {
            Files.writeString(proposal, new DeviationProposal(findings, known).yaml());
            context.err().println("deviations: " + proposal);
        }
        new NightText(findings).lines().forEach(context.out()::println);
        context.out().println("nightly: " + folder.html());
        return status(NightStatus.of(findings.cells()));
    }

    private static ExitStatus status(NightStatus status) {
        return switch (status) {
            case DEFECT -> ExitStatus.DEFECT;
            case BAD_INPUT -> ExitStatus.BAD_INPUT;
            case CANNOT_START -> ExitStatus.CANNOT_RUN;
            case FAILED -> ExitStatus.FAILED;
            case INCONCLUSIVE -> ExitStatus.INCONCLUSIVE;
            case GOOD -> ExitStatus.OK;
        };
    }
}
