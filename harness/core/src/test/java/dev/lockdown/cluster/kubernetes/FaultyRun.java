package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.kubernetes.nodes.Maintenance;
import dev.lockdown.cluster.kubernetes.stub.StubApi;
import dev.lockdown.journal.Entry;
import dev.lockdown.spec.Session;
import dev.lockdown.spec.Specification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Runs the scenarios of a feature on a stub in which something goes wrong meanwhile, and keeps what is told of it.
final class FaultyRun {
    private final StubApi stub;
    private final Path folder;
    private final List<Entry> journal = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> evidence = new ConcurrentHashMap<>();
    private Deadlines deadlines = ShopFixture.LONG;
    private Consumer<Entry> struck = _ -> {};

    FaultyRun(StubApi stub, Path folder) {
        this.stub = stub;
        this.folder = folder;
    }

    FaultyRun within(Deadlines other) {
        deadlines = other;
        return this;
    }

    /// Have something done at an entry of the journal, on the thread that writes it.
    FaultyRun at(Consumer<Entry> fault) {
        struck = fault;
        return this;
    }

    /// @param scenarios behind the feature's line
    /// @return how they ended, in order
    List<Entry.Status> play(String scenarios) throws IOException {
        var feature = Files.writeString(folder.resolve("faulty.feature"), "Feature: Faulty\n\n" + scenarios.indent(2));
        try (var backend = ShopFixture.join(stub, ShopFixture.settings(folder), deadlines, Maintenance.NONE)) {
            var session = new Session(backend, entry -> {
                journal.add(entry);
                struck.accept(entry);
            }, InstantSource.system(), () -> false).keeping((_, files) -> {
                evidence.putAll(files);
                return "kept";
            });
            var _ = Specification.select(List.of(feature.toString()), 1, List.of()).run(session, 1);
        }
        return entries(Entry.ScenarioFinished.class).stream().map(Entry.ScenarioFinished::status).toList();
    }

    <E extends Entry> List<E> entries(Class<E> kind) {
        return List.copyOf(journal).stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// What was waited for.
    List<String> waits() {
        return entries(Entry.Waiting.class).stream().map(Entry.Waiting::what).toList();
    }

    /// What was kept of failures, by the names of files.
    Map<String, String> evidence() {
        return Map.copyOf(evidence);
    }

    /// What was said to be wrong, in order.
    String problems() {
        return String.join("\n", List.copyOf(journal).stream().map(e -> switch (e) {
            case Entry.StepFinished step -> step.problem();
            case Entry.ScenarioFinished scenario -> scenario.problem();
            default -> null;
        }).filter(Objects::nonNull).toList());
    }
}
