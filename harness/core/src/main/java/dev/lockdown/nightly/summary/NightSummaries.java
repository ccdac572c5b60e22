package dev.lockdown.nightly.summary;

import dev.lockdown.nightly.Findings;
import dev.lockdown.nightly.NightFolder;
import java.io.IOException;
import java.nio.file.Files;

/// Writes all of them, over those that are there.
public final class NightSummaries {
    private NightSummaries() {}

    public static void write(Findings findings, NightFolder folder) throws IOException {
        Files.writeString(folder.badge(), Badge.svg(findings));
        Files.writeString(folder.feed(), Feed.atom(findings, folder));
        Files.writeString(folder.junit(), NightJunit.xml(findings));
        Files.writeString(folder.markdown(), NightMarkdown.text(findings));
    }
}
