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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
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
        var script = resource("report.js");
        // Around the writer, since no part of the packed run is text to be escaped or kept.
        Mustache.Lambda packed = (_, w) -> {
            w.flush();
            packedRun.write(run, out);
        };
        var document = new Document(Page.of(run, folder), resource("report.css") + GraphHtml.style(), script, hash(script), packed);
        Mustache.compiler().emptyStringIsFalse(true).compile(resource("report.mustache")).execute(document, writer);
        writer.flush();
    }

    private static String resource(String name) {
        try (var resource = HtmlReport.class.getResourceAsStream(name)) {
            var bytes = Objects.requireNonNull(resource, () -> name + " belongs to the jar").readAllBytes();
            // The indentation is for us alone. What stands in a `pre` comes from the run.
            return new String(bytes, StandardCharsets.UTF_8).replaceAll("(?m)^ +", "");
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read from the jar".formatted(name), e);
        }
    }

    private static String hash(String script) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
