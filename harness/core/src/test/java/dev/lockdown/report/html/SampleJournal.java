package dev.lockdown.report.html;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Entry.ScenarioStarted;
import dev.lockdown.journal.JournalReader;
import dev.lockdown.report.FeatureRun;
import dev.lockdown.report.Run;
import dev.lockdown.report.ScenarioRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/// A real run of the 13 scenarios beside its journal: eight pass, two fail, one proves nothing, one cannot be run, and one is skipped on
/// a kernel without SCTP. When the journal's schema has changed, record it anew, in the repository's top folder:
///
/// ```sh
/// s=harness/core/src/test/resources/dev/lockdown/report/html/sample; rm -rf target/sample; ./lockdown run --seed 4711 --report target/sample $s; gzip -9nc target/sample/*/journal.jsonl >$s/journal.jsonl.gz
/// ```
final class SampleJournal {
    static final Run RUN = read();

    private SampleJournal() {}

    private static byte[] bytes() {
        try (var packed = new GZIPInputStream(
            Objects.requireNonNull(SampleJournal.class.getResourceAsStream("sample/journal.jsonl.gz"), "the sample's journal"))) {
            return packed.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Run read() {
        return Run.of(entries());
    }

    static List<Entry> entries() {
        try {
            var file = Files.createTempFile("sample", ".jsonl");
            try {
                Files.write(file, bytes());
                return JournalReader.read(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The size of the journal as it was written.
    static int size() {
        return bytes().length;
    }

    /// The same scenarios several times over, in features of other names.
    static Run times(int times) {
        var features = new ArrayList<FeatureRun>();
        for (int i = 0; i < times; i++) for (var f : RUN.features()) {
            var path = "copy-%d/%s".formatted(i, f.path());
            features.add(new FeatureRun(path, f.name(), f.scenarios().stream().map(s -> copy(s, path)).toList()));
        }
        return new Run(RUN.started(), RUN.plugins(), new LinkedHashMap<>(), new LinkedHashMap<>(), features, RUN.finished());
    }

    private static ScenarioRun copy(ScenarioRun s, String path) {
        var was = s.started();
        var started =
            new ScenarioStarted(was.at(), path + was.line(), path, was.featureName(), was.rule(), was.name(), was.line(), was.tags());
        return new ScenarioRun(started, s.canaries(), s.setup(), s.steps(), s.watches(), s.held(), s.disruptions(), s.probes(),
            s.cells(), s.spent(), s.finished());
    }
}
