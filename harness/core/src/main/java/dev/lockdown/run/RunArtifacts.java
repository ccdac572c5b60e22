package dev.lockdown.run;

import dev.lockdown.journal.RunFolder;
import dev.lockdown.report.Run;
import dev.lockdown.report.conformance.Conformance;
import dev.lockdown.report.html.HtmlReport;
import dev.lockdown.report.html.ScenariosAhead;
import dev.lockdown.report.json.WindowsJson;
import dev.lockdown.report.junit.JunitXml;
import dev.lockdown.report.text.FeatureFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a run leaves besides its journal.
public final class RunArtifacts {
    private RunArtifacts() {}

    /// @param base the folder in which the features' relative paths begin
    /// @throws UncheckedIOException if they cannot be written
    public static void write(Run run, RunFolder folder, Path base) {
        write(run, folder, base, file -> HtmlReport.write(run, file));
    }

    /// The same for a run whose scenarios were packed as they were read.
    public static void write(Run run, ScenariosAhead ahead, RunFolder folder, Path base) {
        write(run, folder, base, file -> HtmlReport.write(run, ahead, file));
    }

    private interface Page {
        void write(Path file) throws IOException;
    }

    private static void write(Run run, RunFolder folder, Path base, Page page) {
        try {
            Files.createDirectories(folder.path());
            FailureParts.write(run, folder);
            page.write(folder.html());
            JunitXml.write(run, new FeatureFiles(base), folder.junit());
            if (WindowsJson.isAskedFor(run)) WindowsJson.write(run, folder.windows());
            if (Conformance.isAskedFor(run)) writeConformance(run, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                "the reports in %s could not be written: %s; `./lockdown report %s` tries again".formatted(folder.path(),
                    e.getMessage(), folder.path()),
                e);
        }
    }

    private static void writeConformance(Run run, RunFolder folder) throws IOException {
        var conformance = Conformance.of(run);
        Files.writeString(folder.conformanceMarkdown(), conformance.markdown());
        Files.writeString(folder.conformanceJson(), conformance.json());
        Files.writeString(folder.conformanceReport(), Conformance.report(run));
    }
}
