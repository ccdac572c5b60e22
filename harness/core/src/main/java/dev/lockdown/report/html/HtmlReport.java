package dev.lockdown.report.html;

import com.samskivert.mustache.Mustache;
import dev.lockdown.report.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
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
        var folder = file.getParent();
        Files.writeString(file, render(run, folder == null ? "." : folder.toString()));
    }

    /// @param folder the run's, to be typed in commands
    static String render(Run run, String folder) {
        return Mustache.compiler().emptyStringIsFalse(true).compile(template()).execute(Page.of(run, folder));
    }

    private static String template() {
        try (var resource = HtmlReport.class.getResourceAsStream("report.mustache")) {
            var text =
                new String(Objects.requireNonNull(resource, "the template belongs to the jar").readAllBytes(), StandardCharsets.UTF_8);
            // Its indentation is for us alone, and a third of a large page. What stands in a `pre` comes from the run.
            return text.replaceAll("(?m)^ +", "");
        } catch (IOException e) {
            throw new UncheckedIOException("the template cannot be read from the jar", e);
        }
    }
}
