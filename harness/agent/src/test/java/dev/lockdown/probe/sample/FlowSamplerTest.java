package dev.lockdown.probe.sample;

import static dev.lockdown.probe.Loopback.HERE;
import static dev.lockdown.probe.Loopback.agent;
import static dev.lockdown.probe.Loopback.free;
import static dev.lockdown.probe.Loopback.serving;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.Protocol;
import dev.lockdown.flow.Seen;
import dev.lockdown.probe.Agent;
import dev.lockdown.probe.AgentLoop;
import dev.lockdown.probe.Loopback;
import dev.lockdown.probe.Responder;
import dev.lockdown.probe.Echo;
import dev.lockdown.probe.Line;
import dev.lockdown.probe.Sockets;
import dev.lockdown.probe.SourcePorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A sampled flow")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FlowSamplerTest {
    private static final Duration INTERVAL = Duration.ofMillis(2);
    private static final Duration DEADLINE = Duration.ofMillis(100);
    private static final int SERIES = 7;

    private final Agent api = agent("shop/api");

    private static FlowSampler.Target target(Protocol protocol, InetSocketAddress to) {
        var line = new Line(Sockets.ofThisProcess(), protocol, to, HERE, SourcePorts.ephemeral());
        return new FlowSampler.Target(line,
            protocol == Protocol.TCP ? null : number -> new Question.Nonce(Echo.numbered(SERIES, number, Set.of("shop/api"))));
    }

    private static FlowSampler start(FlowSampler.Target target) throws IOException {
        return FlowSampler.start("shop/web", List.of(target), INTERVAL, DEADLINE);
    }

    /// What is seen until there are so many samples.
    private static List<SeenRun> sampled(FlowSampler sampler, int wanted) {
        var all = new ArrayList<SeenRun>();
        while (all.stream().mapToInt(SeenRun::count).sum() < wanted) {
            assertThat(sampler.isOver()).isFalse();
            all.addAll(sampler.take().runs().getFirst());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "UDP"})
    void is_open_where_somebody_answers(Protocol protocol) throws IOException {
        try (var _ = AgentLoop.start(api); var sampler = start(target(protocol, serving(api, protocol)))) {
            assertThat(sampled(sampler, 50)).extracting(SeenRun::seen).contains(Seen.OPEN).isSubsetOf(Seen.OPEN, Seen.UNKNOWN);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "UDP"})
    void is_rejected_where_the_kernel_says_no(Protocol protocol) throws IOException {
        try (var sampler = start(target(protocol, free(protocol)))) {
            assertThat(sampled(sampler, 50)).extracting(SeenRun::seen).contains(Seen.REJECTED).isSubsetOf(Seen.REJECTED, Seen.UNKNOWN);
        }
    }

    @Test
    void is_silent_where_nobody_answers_and_is_sampled_all_the_while() throws IOException {
        api.keep(SERIES);
        try (var sampler = start(target(Protocol.UDP, serving(api, Protocol.UDP)))) {
            var runs = sampled(sampler, 100);
            assertThat(runs).extracting(SeenRun::seen).contains(Seen.SILENT).isSubsetOf(Seen.SILENT, Seen.UNKNOWN);
            long lasted = runs.getLast().lastMicros() - runs.getFirst().firstMicros();
            assertThat(lasted).as("a sample waits for no other's answer").isLessThan(100 * DEADLINE.toNanos() / 1000 / 2);
        }
        api.close();
    }

    @Test
    void is_numbered_so_that_its_addressee_knows_what_arrived() throws IOException {
        api.keep(SERIES);
        List<SeenRun> runs;
        try (var _ = AgentLoop.start(api); var sampler = start(target(Protocol.UDP, serving(api, Protocol.UDP)))) {
            runs = sampled(sampler, 50);
        }
        for (var run : runs)
            if (run.seen() == Seen.OPEN)
                assertThat(api.arrivals(SERIES, run.sequence(), run.count()).cardinality()).isEqualTo(run.count());
        assertThat(api.arrivals(SERIES + 1, 0, 50).cardinality()).isZero();
    }

    private static FlowSampler.Target page(InetSocketAddress to, Set<String> expected) {
        var page = new Question.Page("127.0.0.1", expected);
        return new FlowSampler.Target(new Line(Sockets.ofThisProcess(), Protocol.TCP, to, HERE, SourcePorts.ephemeral()), _ -> page);
    }

    @Test
    void is_open_over_http_where_the_agent_gives_its_page() throws IOException {
        var at = serving(api, Protocol.TCP);
        try (var _ = AgentLoop.start(api); var ours = start(page(at, Set.of("shop/api"))); var anybody = start(page(at, Set.of()))) {
            for (var sampler : List.of(ours, anybody))
                assertThat(sampled(sampler, 50)).extracting(SeenRun::seen).contains(Seen.OPEN).isSubsetOf(Seen.OPEN, Seen.UNKNOWN);
        }
    }

    @Test
    void is_not_open_over_http_where_somebody_else_answers() throws IOException {
        try (var _ = AgentLoop.start(api); var sampler = start(page(serving(api, Protocol.TCP), Set.of("shop/db")))) {
            assertThat(sampled(sampler, 20)).extracting(SeenRun::seen).containsOnly(Seen.UNKNOWN);
        }
    }

    @Test
    void is_not_open_over_http_where_a_connection_opens_and_nothing_follows() throws IOException {
        // The kernel accepts for a server that does not.
        try (var sampler = start(page(serving(api, Protocol.TCP), Set.of("shop/api")))) {
            assertThat(sampled(sampler, 50)).extracting(SeenRun::seen).contains(Seen.SILENT).isSubsetOf(Seen.SILENT, Seen.UNKNOWN);
        }
        api.close();
    }

    @Test
    void is_rejected_over_http_where_the_server_hangs_up() throws IOException {
        var at = free(Protocol.TCP);
        api.serve(Protocol.TCP, at, new Responder() {
            @Override
            public boolean complete(ByteBuffer received) {
                return true;
            }

            @Override
            public @Nullable ByteBuffer answer(ByteBuffer question, InetSocketAddress peer) {
                return null;
            }
        });
        try (var _ = AgentLoop.start(api); var sampler = start(page(at, Set.of()))) {
            assertThat(sampled(sampler, 50)).extracting(SeenRun::seen).contains(Seen.REJECTED).isSubsetOf(Seen.REJECTED, Seen.UNKNOWN);
        }
    }

    @Test
    void is_not_sampled_by_a_tick_that_comes_too_late() throws IOException {
        var sampler = FlowSampler.unstarted("shop/web", List.of(target(Protocol.TCP, free(Protocol.TCP))), INTERVAL, DEADLINE);
        long began = System.nanoTime();
        long due = began - 10 * INTERVAL.toNanos();
        long next = sampler.tick(due);
        assertThat(next).isBetween(began - INTERVAL.toNanos(), System.nanoTime());
        var taken = sampler.take();
        assertThat(taken.missedTicks()).isGreaterThanOrEqualTo(10).isEqualTo((next - due) / INTERVAL.toNanos());
        assertThat(taken.runs().getFirst()).singleElement().satisfies(run -> {
            assertThat(run.seen()).isEqualTo(Seen.UNKNOWN);
            assertThat(run.firstMicros()).isEqualTo(due / 1000);
            assertThat((long) run.count()).isEqualTo(taken.missedTicks());
        });
        sampler.tick(System.nanoTime());
        assertThat(sampler.take().missedTicks()).isZero();
    }

    @Test
    void is_missed_after_a_sample_that_was_late_itself() throws IOException {
        var sampler = FlowSampler.unstarted("shop/web", List.of(target(Protocol.TCP, free(Protocol.TCP))), INTERVAL, DEADLINE);
        var next = sampler.tick(System.nanoTime() - 2 * INTERVAL.toNanos());
        sampler.tick(next - 10 * INTERVAL.toNanos());
        assertThat(sampler.take().runs().getFirst()).extracting(SeenRun::seen).contains(Seen.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "UDP"})
    void costs_what_dials_of_it_take(Protocol protocol) throws IOException {
        api.keep(SERIES);
        try (var _ = AgentLoop.start(api)) {
            assertThat(FlowSampler.cost(target(protocol, serving(api, protocol)))).isPositive().isLessThan(Duration.ofMillis(50));
        }
        assertThat(api.arrivals(SERIES, 0, 1000).cardinality()).as("none of them is one of its samples").isZero();
    }

    /// What takes longer than the interval must leave the machine to others half of the time.
    @Test
    void rests_as_long_as_it_works_where_it_cannot_keep_up() throws IOException {
        var targets = new ArrayList<FlowSampler.Target>();
        for (int i = 0; i < 50; i++) targets.add(target(Protocol.TCP, free(Protocol.TCP)));
        var sampler = FlowSampler.unstarted("shop/web", targets, Duration.ofNanos(10_000), DEADLINE);
        for (int tick = 1; tick < FlowSampler.SLOW; tick++) sampler.tick(System.nanoTime());
        assertThat(sampler.take().missedTicks()).as("it may have been an accident").isZero();
        sampler.tick(System.nanoTime());
        assertThat(sampler.take().missedTicks()).as("50 dials take more than 20 intervals, and as long it rests").isGreaterThan(40);
    }

    @Test
    void gives_all_descriptors_back() throws IOException {
        long before = Loopback.openDescriptors();
        try (var _ = AgentLoop.start(api); var sampler = start(target(Protocol.TCP, serving(api, Protocol.TCP)))) {
            sampled(sampler, 100);
        }
        assertThat(Loopback.openDescriptors()).isEqualTo(before);
    }
}
