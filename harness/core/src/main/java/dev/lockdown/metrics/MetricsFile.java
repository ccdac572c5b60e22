package dev.lockdown.metrics;

import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.state.InputException;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Objects;

/// A file for node-exporter's textfile collector, in OpenMetrics' text format 1.0.
public record MetricsFile(Path path) {
    private static final String SUFFIX = ".prom";

    /// @throws InputException if the collector would not read a file of that name, or there is no folder for it
    public MetricsFile {
        if (!String.valueOf(path.getFileName()).endsWith(SUFFIX))
            throw new InputException("""
                --metrics %s: the textfile collector reads only files that end with %s
                  name it so, such as --metrics lockdown%s""".formatted(path, SUFFIX, SUFFIX));
        var folder = folder(path);
        if (!Files.isDirectory(folder) || !Files.isWritable(folder))
            throw new InputException("--metrics %s: %s is no folder that can be written to".formatted(path, folder));
        if (Files.isDirectory(path)) throw new InputException("--metrics %s is a folder; expected a file".formatted(path));
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
    }

    /// Write the whole file at once, over one that is there: a collector that looks meanwhile sees the former one. Whoever may read files of
    /// this process' may read it.
    ///
    /// @throws EnvironmentException if it cannot be
    public void write(Collection<MetricSnapshot> metrics) {
        var whole = folder(path).resolve(".%s.%s.tmp".formatted(path.getFileName(), Long.toString(ProcessHandle.current().pid())));
        try {
            try {
                Files.write(whole, text(metrics));
                Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(whole);
            }
        } catch (IOException e) {
            throw new EnvironmentException("the metrics cannot be written to %s: %s: %s".formatted(path,
                e.getClass().getSimpleName().replace("Exception", ""), e.getMessage()), e);
        }
    }

    static byte[] text(Collection<MetricSnapshot> metrics) throws IOException {
        var out = new ByteArrayOutputStream();
        // A family without samples would be no more than its name.
        var told = metrics.stream().filter(m -> !m.getDataPoints().isEmpty()).toList();
        OpenMetricsTextFormatWriter.builder().build().write(out, new MetricSnapshots(told));
        return out.toByteArray();
    }
}
