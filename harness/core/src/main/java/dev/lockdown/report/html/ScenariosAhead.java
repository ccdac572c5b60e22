package dev.lockdown.report.html;

import dev.lockdown.journal.Entry;
import dev.lockdown.report.RunBuilder;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Packs the scenarios of a run for its page while the run is still read, and lets go of the verdicts that agree as soon as they are
/// packed, which are nearly all of what a long run holds. Hands on what it gets. Used by one thread.
///
/// ```java
/// var builder = new RunBuilder();
/// var ahead = new ScenariosAhead(builder, ForkJoinPool.commonPool());
/// JournalReader.read(folder, notes, ahead);
/// HtmlReport.write(builder.run(), ahead, file);
/// ```
public final class ScenariosAhead implements Consumer<Entry> {
    private final RunBuilder builder;
    private final PackedRun packed;

    /// @param others make words meanwhile, and may never run what they are given
    public ScenariosAhead(RunBuilder builder, Executor others) {
        this.builder = builder;
        packed = new PackedRun(others);
    }

    @Override
    public void accept(Entry entry) {
        builder.accept(entry);
        if (entry instanceof Entry.ScenarioStarted started) packed.forget(started.scenario());
        if (entry instanceof Entry.ScenarioFinished finished) pack(finished.scenario());
    }

    /// Samples stand in a file of their own, which is read later.
    private void pack(String id) {
        var scenario = builder.scenario(id);
        if (!scenario.watches().isEmpty() || !scenario.held().isEmpty()) return;
        packed.add(scenario);
        builder.letGoOfAgreed(id);
    }

    PackedRun packed() {
        return packed;
    }
}
