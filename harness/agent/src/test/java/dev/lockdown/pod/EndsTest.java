package dev.lockdown.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.flow.Protocol;
import dev.lockdown.probe.Agent;
import dev.lockdown.probe.AgentLoop;
import dev.lockdown.probe.Sockets;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The harness's end of the line")
class EndsTest {
    private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();
    private volatile Consumer<String> agent = said::add;
    /// A thread for each way, as a stream has them: an end that hears while it speaks may wait for itself.
    private final ExecutorService there = Executors.newSingleThreadExecutor();
    private final ExecutorService back = Executors.newSingleThreadExecutor();
    private final HarnessEnd harness = new HarnessEnd("run", line -> there.execute(() -> agent.accept(line)));

    @AfterEach
    void close() {
        there.shutdownNow();
        back.shutdownNow();
    }

    private static Map<String, @Nullable Object> welcome(String epoch, Versions speaks) {
        return Map.of("kind", "welcome", "speaks", speaks.json(), "epoch", epoch, "identity", "shop/web", "serves", List.of("TCP/80"),
            "problems", Map.of("UDP/53", "taken"));
    }

    private void hear(String session, long number, Map<String, @Nullable Object> body) {
        harness.line(new Envelope(session, number, 0, body).line());
    }

    private static <T> T soon(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    @Test
    void hears_who_it_is_and_what_it_serves() throws Exception {
        hear("run-0", 0, welcome("one", Versions.OURS));
        var welcome = soon(harness.welcomed());
        assertThat(welcome.identity()).isEqualTo("shop/web");
        assertThat(welcome.served().serves()).containsExactly("TCP/80");
        assertThat(welcome.served().problems()).containsExactly(Map.entry("UDP/53", "taken"));
    }

    @Test
    void hears_apart_what_only_the_kernel_lacks() throws Exception {
        var body = new HashMap<>(welcome("one", Versions.OURS));
        body.put("problems", Map.of("UDP/53", "taken", "SCTP/80", "this kernel has no SCTP"));
        body.put("lacks", List.of("SCTP"));
        hear("run-0", 0, body);
        assertThat(soon(harness.welcomed()).served().failures()).containsExactly(Map.entry("UDP/53", "taken"));
    }

    @Test
    void is_satisfied_with_one_common_version() throws Exception {
        hear("run-0", 0, welcome("one", new Versions(1, 2)));
        assertThat(soon(harness.welcomed()).speaks()).isEqualTo(new Versions(1, 2));
    }

    @Test
    void says_so_when_there_is_none() {
        hear("run-0", 0, welcome("one", new Versions(2, 3)));
        assertThatThrownBy(() -> soon(harness.welcomed()))
            .hasRootCauseMessage("the agent of shop/web speaks versions 2 to 3 and this harness version 1");
    }

    @Test
    void gets_the_report_of_an_order_once() throws Exception {
        var response = harness.ask(AgentRequest.Token::new);
        hear("run-0", 1, new AgentResponse.Token(1, 9).json());
        hear("run-0", 1, new AgentResponse.Token(1, 10).json());
        assertThat(soon(response)).isEqualTo(new AgentResponse.Token(1, 9));
    }

    @Test
    void is_told_that_what_it_asked_is_lost_when_the_agent_begins_anew() throws Exception {
        hear("run-0", 0, welcome("one", Versions.OURS));
        var lost = harness.ask(AgentRequest.Token::new);
        hear("run-0", 0, welcome("two", Versions.OURS));
        assertThat(soon(lost)).isEqualTo(new AgentResponse.Failed(0, "the agent restarted while it was asked"));
        assertThat(harness.restarts()).isEqualTo(1);
    }

    @Test
    void does_not_take_an_answer_of_the_agents_last_life_for_one_of_this() throws Exception {
        hear("run-0", 0, welcome("one", Versions.OURS));
        hear("run-0", 0, welcome("two", Versions.OURS));
        var asked = harness.ask(AgentRequest.Token::new);
        hear("run-0", 1, new AgentResponse.Token(1, 9).json());
        assertThat(asked).isNotDone();
        hear("run-1", 1, new AgentResponse.Token(1, 10).json());
        assertThat(soon(asked)).isEqualTo(new AgentResponse.Token(1, 10));
    }

    @Test
    void does_not_listen_to_what_is_said_to_another() {
        assertThat(harness.line(new Envelope("other-0", 0, 0, welcome("one", Versions.OURS)).line())).isFalse();
        assertThat(harness.welcomed()).isNotDone();
    }

    @Test
    void is_told_why_when_an_order_is_given_up() throws Exception {
        var lost = harness.ask(AgentRequest.Token::new);
        harness.abandon("the pod is gone");
        assertThat(soon(lost)).isEqualTo(new AgentResponse.Failed(0, "the pod is gone"));
    }

    @Test
    void is_answered_by_the_agents_over_every_life_of_it() throws Exception {
        var agent = new Agent("shop/web", Sockets.ofThisProcess());
        try (var loop = AgentLoop.start(agent)) {
            live(agent, loop);
            harness.greet();
            soon(harness.welcomed());
            assertThat(soon(harness.ask(AgentRequest.Token::new))).isInstanceOf(AgentResponse.Token.class);
            live(agent, loop);
            harness.greet();
            Awaitility.await().until(() -> harness.restarts() == 1);
            assertThat(soon(harness.ask(AgentRequest.Token::new))).isInstanceOf(AgentResponse.Token.class);
            assertThat(soon(harness.ask(id -> new AgentRequest.Unknown(id, "dance")))).isInstanceOfSatisfying(AgentResponse.Failed.class,
                f -> assertThat(f.cause()).isEqualTo("this agent speaks version 1 and has no request \"dance\""));
        }
    }

    @Test
    void is_told_what_the_kernel_there_lacks_and_what_is_not_done_over_sctp() throws Exception {
        var agent = new Agent("shop/web", Sockets.ofThisProcess());
        try (var loop = AgentLoop.start(agent)) {
            live(agent, loop);
            harness.greet();
            soon(harness.welcomed());
            assertThat(soon(harness.ask(id -> new AgentRequest.Lacks(id, Protocol.TCP)))).isInstanceOfSatisfying(
                AgentResponse.Lacking.class,
                answer -> assertThat(answer.why()).isEmpty());
            assertThat(soon(harness.ask(id -> new AgentRequest.OpenHeld(id, 1, Protocol.SCTP, "127.0.0.1", 9, 1000))))
                .isInstanceOfSatisfying(AgentResponse.Failed.class,
                    f -> assertThat(f.cause()).isEqualTo("connections are held over TCP and UDP alone"));
        }
    }

    @Test
    void has_the_agent_be_another_also_when_its_process_begins_anew() throws Exception {
        var agent = new Agent("shop/web", Sockets.ofThisProcess());
        try (var loop = AgentLoop.start(agent)) {
            live(agent, loop);
            harness.greet();
            assertThat(soon(harness.become("shop/other", List.of()))).isInstanceOf(AgentResponse.Became.class);
            assertThat(agent.identity()).isEqualTo("shop/other");
        }
        var next = new Agent("shop/web", Sockets.ofThisProcess());
        try (var loop = AgentLoop.start(next)) {
            live(next, loop);
            harness.greet();
            Awaitility.await().until(() -> harness.restarts() == 1);
            assertThat(soon(harness.ask(AgentRequest.Token::new))).isInstanceOf(AgentResponse.Token.class);
            assertThat(next.identity()).isEqualTo("shop/other");
        }
    }

    private void live(Agent of, AgentLoop loop) throws IOException {
        var sockets = Sockets.ofThisProcess();
        var watches = new AgentWatches(of, sockets, SourceRange.read("30000-64999"), new FirstDials(null));
        var holds = new AgentHolds(of, sockets, List.of(), SourceRange.parse(""));
        var receivers = new UdpReceivers(of, sockets, List.of());
        var served = new ServedPorts(of, loop, sockets, List.of());
        var handler = new RequestHandler(of, loop, sockets, SourceRange.parse(""),
            MountedAccount.of(Map.of("LOCKDOWN_ACCOUNT", "nowhere")), receivers, watches, holds,
            new AgentRole(of, served, watches, holds, receivers));
        var end = new AgentEnd(of::identity, served::now, handler, line -> back.execute(() -> harness.line(line)));
        agent = end::line;
    }
}
