package dev.lockdown.report.html;

import com.samskivert.mustache.Mustache;
import dev.lockdown.graph.GraphHtml;
import dev.lockdown.report.Run;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ForkJoinPool;

/// Renders a run as a page.
///
/// ```java
/// HtmlReport.write(Run.of(JournalReader.read(folder.path())), folder.html());
/// ```
public final class HtmlReport {
    private HtmlReport() {}

    /// What the template is filled with.
    ///
    /// @param scriptHash by which the page's policy knows its own script, and no other
    /// @param packed writes the packed run where it stands in the template
    private record Document(Page page, String style, String script, String scriptHash, Mustache.Lambda packed) {}

    /// Write the page, over one that is there.
    public static void write(Run run, Path file) throws IOException {
        write(run, new PackedRun(ForkJoinPool.commonPool()), file);
    }

    /// Write the page of a run whose scenarios were packed as they were read.
    public static void write(Run run, ScenariosAhead ahead, Path file) throws IOException {
        write(run, ahead.packed(), file);
    }

    private static void write(Run run, PackedRun packed, Path file) throws IOException {
        var folder = file.getParent();
        try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            write(run, packed, folder == null ? "." : folder.toString(), out);
        }
    }

    /// @param folder the run's, to be typed in commands
    static String render(Run run, String folder) {
        var out = new ByteArrayOutputStream();
        try {
            write(run, new PackedRun(ForkJoinPool.commonPool()), folder, out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail to be written", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void write(Run run, PackedRun packedRun, String folder, OutputStream out) throws IOException {
        var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        var script = PageParts.resource(HtmlReport.class, "report.js");
        // Around the writer, since no part of the packed run is text to be escaped or kept.
        Mustache.Lambda packed = (_, w) -> {
            w.flush();
            packedRun.write(run, out);
        };
        var document = new Document(Page.of(run, folder), PageParts.style() + GraphHtml.style(), script,
            PageParts.hash(script), packed);
        Mustache.compiler().emptyStringIsFalse(true).compile(PageParts.resource(HtmlReport.class, "report.mustache")).execute(document,
            writer);
        writer.flush();
    }
}
