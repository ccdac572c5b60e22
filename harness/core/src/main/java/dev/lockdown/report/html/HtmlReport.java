package dev.lockdown.report.html;

import com.samskivert.mustache.Mustache;
import dev.lockdown.report.Run;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// Renders a run as a page.
///
/// ```java
/// HtmlReport.write(Run.of(JournalReader.read(folder.path())), folder.html());
/// ```
public final class HtmlReport {
    private HtmlReport() {}

    /// Write the page, over one that is there.
    public static void write(Run run, Path file) throws IOException {
        Files.writeString(file, render(run));
    }

    static String render(Run run) {
        return Mustache.compiler().emptyStringIsFalse(true).compile(template()).execute(Page.of(run));
    }

    static Reader template() {
        var resource = HtmlReport.class.getResourceAsStream("report.mustache");
        return new InputStreamReader(Objects.requireNonNull(resource, "the template belongs to the jar"), StandardCharsets.UTF_8);
    }
}
