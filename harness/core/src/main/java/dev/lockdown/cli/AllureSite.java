package dev.lockdown.cli;

import dev.lockdown.journal.RunFolder;
import io.qameta.allure.ConfigurationBuilder;
import io.qameta.allure.ReportGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The Allure site of one run, in one file that asks nothing of any network.
final class AllureSite {
    private AllureSite() {}

    /// Where Allure's adapter leaves its results.
    static Path results(RunFolder folder) {
        return folder.path().resolve("allure-results");
    }

    /// Make the site.
    ///
    /// @return its page
    static Path make(RunFolder folder) {
        var site = folder.path().resolve("allure");
        try {
            new ReportGenerator(ConfigurationBuilder.bundled().withReportName("Lockdown " + folder.id()).build()).generateSingleFile(site,
                List.of(results(folder)));
            var page = site.resolve("index.html");
            Files.writeString(page, withoutAnalytics(Files.readString(page)));
            return page;
        } catch (IOException e) {
            throw new UncheckedIOException("the Allure site could not be made in " + site, e);
        }
    }

    /// The generator puts a visitor counter of a third party into every page.
    private static String withoutAnalytics(String page) {
        return page.replaceAll("(?s)<script[^>]*googletagmanager[^>]*>\\s*</script>", "")
            .replaceAll("(?s)<script>\\s*window\\.dataLayer.*?</script>", "");
    }
}
