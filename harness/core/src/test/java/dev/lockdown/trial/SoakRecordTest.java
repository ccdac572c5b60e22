package dev.lockdown.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.chaos.SampleRun;
import dev.lockdown.chaos.Window;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Watch;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Seen;
import dev.lockdown.flow.WatchedFlow;
import dev.lockdown.journal.Edit;
import dev.lockdown.journal.Entry;
import dev.lockdown.journal.Journal;
import dev.lockdown.journal.JournalReader;
import dev.lockdown.journal.RunFolder;
import dev.lockdown.report.Run;
import dev.lockdown.report.RunBuilder;
import dev.lockdown.report.html.HtmlReport;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Half an hour of 50 flows, a sample every 5 ms")
class SoakRecordTest {
    private static final Instant BEGAN = Instant.parse("2026-11-28T09:00:00Z");
    private static final String ID = "features/soak.feature:3";
    private static final int FLOWS = 50;
    private static final int INTERVAL = 5_000;
    private static final long SAMPLES = Duration.ofMinutes(30).toNanos() / 1000 / INTERVAL;
    /// So often a policy comes, and goes again 50 ms later; a tenth of the flows is shut by it.
    private static final long ROUND = 400_000;
    private static final long SHUT = 50_000;
    /// A flow that is shut all the while, but for one sample.
    private static final int DENIED = FLOWS - 1;
    private static final long SPIKE = 1_234_565_000L;

    @TempDir
    private Path folder;

    private static Flow flow(int number) {
        return Flow.of(new Endpoint.Pod(NamespacedName.parse("shop/web-" + number)),
            new Endpoint.Pod(NamespacedName.parse("shop/api-" + number)),
            Port.parse("TCP/8080"));
    }

    /// A cluster that can only be watched, by somebody else.
    private static final class Source implements Watch.Ongoing {
        private Watch.@Nullable Sink sink;

        Cluster cluster() {
            return (Cluster) Proxy.newProxyInstance(Cluster.class.getClassLoader(), new Class<?>[] {Cluster.class}, (_, _, arguments) -> {
                var to = (Watch.Sink) Objects.requireNonNull(arguments)[1];
                sink = to;
                for (int tick = 0; tick < 3; tick++) tick(to, tick);
                return this;
            });
        }

        static void tick(Watch.Sink sink, long tick) {
            long at = tick * INTERVAL;
            for (int flow = 0; flow < FLOWS; flow++) sink.sample(flow, at, seen(flow, at));
        }

        private static Seen seen(int flow, long at) {
            if (flow == DENIED) return at == SPIKE ? Seen.OPEN : Seen.SILENT;
            return at / ROUND % 10 == flow % 10 && at % ROUND < SHUT && at >= ROUND ? Seen.SILENT : Seen.OPEN;
        }

        @Override
        public Instant began() {
            return BEGAN;
        }

        @Override
        public void close() {
            // Nothing is under way.
        }
    }

    private RunFolder record() {
        var run = new RunFolder(folder);
        try (var journal = Journal.in(run)) {
            journal.append(new Entry.RunStarted(BEGAN, "r", "1", "embedded", 7, List.of("./lockdown", "run", "@soak"), null));
            journal
                .append(new Entry.ScenarioStarted(BEGAN, ID, "features/soak.feature", "Soak", null, "all the while", 3, List.of("@soak")));
            var source = new Source();
            var flows = IntStream.range(0, FLOWS).<WatchedFlow>mapToObj(SoakRecordTest::flow).toList();
            var to = new ScenarioJournal(ID, journal::append, InstantSource.fixed(BEGAN));
            try (var watch = FlowWatch.start(1, new Watch(flows, Duration.ofMillis(5)), source.cluster(), to, 5)) {
                for (long tick = 3; tick < SAMPLES; tick++) Source.tick(watch, tick);
            }
            disruptions(journal);
            journal.append(
                new Entry.StepFinished(BEGAN, ID, 6, 5, "When", "these happen", null, Entry.Status.PASSED, Duration.ofMinutes(30), null));
            journal.append(
                new Entry.ScenarioFinished(BEGAN.plus(Duration.ofMinutes(30)), ID, Entry.Status.PASSED, Duration.ofMinutes(30), null));
            journal.append(new Entry.RunFinished(BEGAN.plus(Duration.ofMinutes(30)), 0, Duration.ofMinutes(30), null));
        }
        return run;
    }

    private static void disruptions(Journal journal) {
        int number = 0;
        for (long at = ROUND; at < SAMPLES * INTERVAL; at += ROUND) {
            var began = BEGAN.plusNanos(at * 1000);
            journal.append(new Entry.Disrupted(began, ID, 6, ++number, "policy deny of shop comes and goes", Duration.ofMillis(50)));
            journal.append(applied(Edit.Verb.APPLIED, began));
            journal.append(applied(Edit.Verb.DELETED, began.plusNanos(SHUT * 1000)));
            journal.append(new Entry.Healed(began.plusNanos(SHUT * 1000), ID, number, Duration.ofMillis(8), null));
        }
    }

    private static Entry.Applied applied(Edit.Verb verb, Instant sent) {
        var edit = new Edit(verb, Edit.Kind.NETWORK_POLICY, "shop/deny", Map.of(), "", null, 0);
        return new Entry.Applied(sent, ID, 6, List.of(edit), sent, sent.plusNanos(900_000), null, List.of());
    }

    private static Run read(RunFolder folder) {
        var builder = new RunBuilder();
        JournalReader.read(folder.path(), _ -> {}, builder);
        JournalReader.samples(folder.path(), _ -> {}, builder);
        return builder.run();
    }

    @Test
    void is_little_to_keep_and_to_draw_and_every_sample_of_it_is_there() throws IOException {
        var recorded = record();
        assertThat(Files.size(recorded.samples())).isLessThan(20_000_000);
        var run = read(recorded);
        assertThat(run.scenarios().getFirst().watches().getFirst().runs().stream().flatMap(List::stream).mapToLong(SampleRun::count).sum())
            .isEqualTo(FLOWS * SAMPLES);
        HtmlReport.write(run, recorded.html());
        assertThat(Files.size(recorded.html())).isLessThan(10_000_000);
        var scenario = run.scenarios().getFirst();
        assertThat(scenario.watches().getFirst().windows(scenario.applied()).get(DENIED)).singleElement().satisfies(w -> {
            assertThat(w.kind()).isEqualTo(Window.Kind.LEAK);
            assertThat(w.beganMicros()).isEqualTo(SPIKE);
        });
    }
}
